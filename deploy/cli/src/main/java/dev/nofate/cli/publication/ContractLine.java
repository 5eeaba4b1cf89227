package dev.nofate.cli.publication;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the checklist with what was looked at for it.
 *
 * @param line the line's text
 * @param checked what was checked, a sentence each
 * @param differences what differs from the contract; empty when the line holds
 */
public record ContractLine(String line, List<String> checked, List<Difference> differences) {

  /**
   * Something that the contract excludes.
   *
   * @param place file, class, constraint or case
   * @param observed what was found there
   */
  public record Difference(String place, String observed) {}

  public ContractLine {
    checked = List.copyOf(checked);
    differences = List.copyOf(differences);
  }

  public boolean holds() {
    return differences.isEmpty();
  }

  /** Gathers a line while it is checked. */
  static final class Notes {

    private final String line;
    private final List<String> checked = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();

    Notes(String line) {
      this.line = line;
    }

    Notes checked(String what, Object... details) {
      checked.add(what.formatted(details));
      return this;
    }

    Notes differs(String place, String observed) {
      differences.add(new Difference(place, observed));
      return this;
    }

    /** A check over nothing shows nothing, and says so. */
    Notes demand(boolean expected, String place, String observed) {
      return expected ? this : differs(place, observed);
    }

    ContractLine line() {
      return new ContractLine(line, checked, differences);
    }
  }
}
