package dev.nofate.gate.console.page;

import dev.nofate.gate.signin.Visit;
import java.util.List;

/**
 * What surrounds every page.
 *
 * @param title the page's name
 * @param section the family it belongs to; null for none
 * @param sections what the navigation names
 * @param visit who is looking; null for a stranger
 * @param csrf the token that forms carry
 * @param version of the assets
 * @param notice what a change just did; null for none
 */
public record Frame(
    String title,
    Section section,
    List<Section> sections,
    Visit visit,
    String csrf,
    String version,
    Notice notice) {

  public boolean known() {
    return visit != null;
  }

  public boolean admin() {
    return known() && visit.admin();
  }

  public boolean operator() {
    return known() && visit.operator();
  }

  public boolean isCurrent(Section other) {
    return section == other;
  }
}
