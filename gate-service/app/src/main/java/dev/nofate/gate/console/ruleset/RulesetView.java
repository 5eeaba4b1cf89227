package dev.nofate.gate.console.ruleset;

import dev.nofate.gate.ruleset.PublishedRuleset;
import java.util.List;

/**
 * A published version as its page shows it.
 *
 * @param row name, version, digest, time
 * @param scope the scope declaration
 * @param window decision window in milliseconds
 * @param skew allowed clock skew in milliseconds
 * @param authority whether a grant is required
 * @param rules the rules in their order
 * @param renderings names of the renderings
 * @param examples names and expected states of the examples
 * @param versions all versions of the name, as far as one page goes
 * @param served the version that decides requests which pin none
 * @param text the document, indented
 */
public record RulesetView(
    PublishedRuleset row,
    String scope,
    long window,
    long skew,
    boolean authority,
    List<Rule> rules,
    List<String> renderings,
    List<Example> examples,
    List<PublishedRuleset> versions,
    int served,
    String text) {

  /** A rule. */
  public record Rule(String id, String when, String outcome, String cite, List<String> overrides) {}

  /** An example. */
  public record Example(String name, String state) {}

  /** As requests name it. */
  public String reference() {
    return row.name() + "@" + row.version();
  }

  /** The version before this one; 0 for the first. */
  public int before() {
    return row.version() - 1;
  }
}
