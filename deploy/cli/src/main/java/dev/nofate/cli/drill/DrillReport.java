package dev.nofate.cli.drill;

import dev.nofate.cli.backup.Restored;
import java.io.PrintWriter;
import java.util.List;

/**
 * What a drill showed.
 *
 * @param passed whether everything was as expected
 * @param acknowledged evaluations that were answered before the disaster
 * @param rpoEvents of them that did not come back
 * @param rpoSeconds from the last that came back to the disaster
 * @param rtoSeconds from the disaster to the first new answer
 * @param backupSeconds taking the backup, under load
 * @param startSeconds of the services, part of the recovery time
 * @param walEverySeconds what bounds the loss
 * @param restored what the restore reported
 * @param differences what was not as expected
 */
record DrillReport(
    boolean passed,
    int acknowledged,
    int rpoEvents,
    double rpoSeconds,
    double rtoSeconds,
    double backupSeconds,
    double startSeconds,
    long walEverySeconds,
    Restored restored,
    List<String> differences) {

  void print(PrintWriter out) {
    out.printf("%n%-34s %10d%n", "acknowledged before the disaster", acknowledged);
    out.printf("%-34s %10d evaluations%n", "RPO, lost", rpoEvents);
    out.printf(
        "%-34s %10.1f s  (the log is archived at latest every %d s)%n",
        "RPO, time", rpoSeconds, walEverySeconds);
    out.printf("%-34s %10.1f s%n", "RTO, disaster to first answer", rtoSeconds);
    out.printf(
        "%-34s %10.1f s copied, %.1f s replayed, %.1f s verified, %.1f s services%n",
        "  of it",
        restored.copySeconds(),
        restored.recoverySeconds(),
        restored.verifySeconds(),
        startSeconds);
    if (passed) {
      out.printf("%nEverything is as expected.%n");
    } else {
      out.printf("%n%d observations differ from what is expected:%n", differences.size());
      differences.forEach(difference -> out.println("  " + difference));
    }
  }
}
