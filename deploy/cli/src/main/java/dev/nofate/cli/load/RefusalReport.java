package dev.nofate.cli.load;

import java.io.PrintWriter;

/**
 * What refusing costs.
 *
 * @param target where requests were sent
 * @param concurrency of each kind
 * @param durationSeconds measured of each kind
 * @param accepted evaluations alone
 * @param refused requests with keys that nobody has, alone
 * @param acceptedUnderFlood evaluations while such requests are sent as fast as they are answered
 * @param refusedOfFlood those requests meanwhile
 */
record RefusalReport(
    String target,
    int concurrency,
    long durationSeconds,
    Measurement accepted,
    Measurement refused,
    Measurement acceptedUnderFlood,
    Measurement refusedOfFlood)
    implements Report {

  @Override
  public boolean holds() {
    return accepted.unexpected().isEmpty()
        && refused.unexpected().isEmpty()
        && acceptedUnderFlood.unexpected().isEmpty()
        && refusedOfFlood.unexpected().isEmpty();
  }

  @Override
  public void print(PrintWriter out) {
    out.printf("%d at once for %d s; sent to %s%n%n", concurrency, durationSeconds, target);
    out.printf("%-32s %10s %10s %10s %10s%n", "", "count", "per s", "p50 ms", "p99 ms");
    line(out, "accepted, alone", accepted);
    line(out, "refused (401), alone", refused);
    line(out, "accepted, beside a flood of 401", acceptedUnderFlood);
    line(out, "refused (401) of that flood", refusedOfFlood);
  }

  private static void line(PrintWriter out, String name, Measurement measured) {
    out.printf(
        "%-32s %10d %10.1f %10.2f %10.2f%n",
        name, measured.count(), measured.perSecond(), measured.p50Ms(), measured.p99Ms());
    measured.unexpected().forEach((what, times) -> out.printf("  %d × %s%n", times, what));
  }
}
