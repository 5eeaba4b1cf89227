package dev.nofate.cli.publication;

import dev.nofate.cli.publication.ContractLine.Difference;
import java.io.PrintWriter;
import java.util.List;

/**
 * The section "No Fate Contract Enforcement", answered.
 *
 * @param holds whether every line does
 * @param lines in the order of the checklist
 */
public record PublicationReport(boolean holds, List<ContractLine> lines) {

  private static final int SHOWN_CHARACTERS = 200;

  static PublicationReport of(List<ContractLine> lines) {
    return new PublicationReport(lines.stream().allMatch(ContractLine::holds), lines);
  }

  void print(PrintWriter out) {
    out.println("No Fate Contract Enforcement");
    out.println();
    for (ContractLine line : lines) {
      out.printf("- [%s] %s%n", line.holds() ? "x" : " ", line.line());
      line.checked().forEach(what -> out.println("      " + what));
      for (Difference difference : line.differences()) {
        out.printf("  DIFFERS %s: %s%n", shortened(difference.place()), difference.observed());
      }
    }
    out.println();
    out.println(
        holds
            ? "Every line holds."
            : "%d of %d lines do not hold."
                .formatted(lines.stream().filter(line -> !line.holds()).count(), lines.size()));
  }

  private static String shortened(String place) {
    String line = place.replaceAll("\\s+", " ");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
