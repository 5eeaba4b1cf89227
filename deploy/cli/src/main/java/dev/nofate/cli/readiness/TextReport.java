package dev.nofate.cli.readiness;

import dev.nofate.cli.readiness.Outcome.Verdict;
import java.io.PrintWriter;
import java.util.Set;

/** The report for a terminal, line by line while the walk goes on. */
final class TextReport {

  private final PrintWriter out;
  private final Set<String> secrets;
  private String section = "";

  TextReport(PrintWriter out, Set<String> secrets) {
    this.out = out;
    this.secrets = secrets;
  }

  void tell(Finding finding) {
    Checklist.Line line = finding.line();
    if (!line.section().equals(section)) {
      section = line.section();
      String above = line.chapter().equals(section) ? "" : line.chapter() + ": ";
      out.printf("%n%s%s%n%n", above, section);
    }
    Outcome outcome = finding.outcome();
    String box = outcome.verdict() == Verdict.VERIFIED ? "x" : " ";
    out.printf("- [%s] %s%n", box, line.text());
    String says = Report.hidden(outcome.says(), secrets);
    if (outcome.verdict() == Verdict.VERIFIED) {
      out.printf("      %s%n", says);
    } else {
      out.printf("      %s: %s%n", outcome.verdict().words(), says);
      out.printf("      deploy/runbooks/%s%n", line.runbook());
    }
    out.flush();
  }
}
