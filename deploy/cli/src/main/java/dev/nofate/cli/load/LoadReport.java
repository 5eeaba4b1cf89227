package dev.nofate.cli.load;

import java.io.PrintWriter;
import java.util.Map;

/**
 * Evaluations beside inserts.
 *
 * @param target where the evaluations were sent
 * @param concurrency of either
 * @param warmUpSeconds in front of either
 * @param durationSeconds measured of either
 * @param evaluations answered with the expected state
 * @param inserts durable single rows
 * @param ratio evaluations a second by inserts a second
 */
record LoadReport(
    String target,
    int concurrency,
    long warmUpSeconds,
    long durationSeconds,
    Measurement evaluations,
    Measurement inserts,
    double ratio)
    implements Report {

  static LoadReport of(String target, LoadPlan plan, Measurement evaluations, Measurement inserts) {
    double ratio = inserts.perSecond() == 0 ? 0 : evaluations.perSecond() / inserts.perSecond();
    return new LoadReport(
        target,
        plan.concurrency(),
        plan.warmUp().toSeconds(),
        plan.duration().toSeconds(),
        evaluations,
        inserts,
        Math.round(ratio * 1000) / 1000.0);
  }

  @Override
  public boolean holds() {
    return evaluations.count() > 0
        && inserts.count() > 0
        && evaluations.unexpected().isEmpty()
        && inserts.unexpected().isEmpty();
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(
        "%d at once for %d s, after %d s of warm-up; evaluations sent to %s%n%n",
        concurrency, durationSeconds, warmUpSeconds, target);
    out.printf(
        "%-24s %10s %10s %10s %10s %10s%n", "", "count", "per s", "p50 ms", "p95 ms", "p99 ms");
    line(out, "evaluations", evaluations);
    line(out, "durable row inserts", inserts);
    out.printf("%n%-24s %10s %10.3f%n", "ratio of throughputs", "", ratio);
    unexpected(out, "evaluations", evaluations.unexpected());
    unexpected(out, "inserts", inserts.unexpected());
  }

  private static void line(PrintWriter out, String name, Measurement measured) {
    out.printf(
        "%-24s %10d %10.1f %10.2f %10.2f %10.2f%n",
        name,
        measured.count(),
        measured.perSecond(),
        measured.p50Ms(),
        measured.p95Ms(),
        measured.p99Ms());
  }

  private static void unexpected(PrintWriter out, String name, Map<String, Integer> found) {
    found.forEach((what, times) -> out.printf("%s: %d × %s%n", name, times, what));
  }
}
