package dev.nofate.cli.load;

import java.io.PrintWriter;

/**
 * How fast Stripe's webhooks are answered.
 *
 * @param target where they were sent
 * @param concurrency deliveries under way at any time
 * @param warmUpSeconds in front
 * @param durationSeconds measured
 * @param deliveries answered 2xx
 * @param repeatedShare of them that were sent before, from 0 to 1
 * @param withinMs the bound
 * @param withinShare of the deliveries answered within the bound, from 0 to 1
 */
record WebhookReport(
    String target,
    int concurrency,
    long warmUpSeconds,
    long durationSeconds,
    Measurement deliveries,
    double repeatedShare,
    long withinMs,
    double withinShare)
    implements Report {

  private static final long WITHIN_MS = 50;

  static WebhookReport of(String target, LoadPlan plan, ClosedLoop.Answers answers) {
    double within = answers.latencies().shareWithin(WITHIN_MS * 1_000_000);
    return new WebhookReport(
        target,
        plan.concurrency(),
        plan.warmUp().toSeconds(),
        plan.duration().toSeconds(),
        Measurement.of(answers, plan),
        1.0 / WebhookLoad.REPEATED_EACH,
        WITHIN_MS,
        // Down, so that 1 says: every one of them.
        Math.floor(within * 10_000) / 10_000);
  }

  @Override
  public boolean holds() {
    return deliveries.count() > 0 && deliveries.unexpected().isEmpty();
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(
        "%d at once for %d s, after %d s of warm-up; sent to %s%n%n",
        concurrency, durationSeconds, warmUpSeconds, target);
    out.printf(
        "%-24s %10s %10s %10s %10s %14s%n",
        "", "count", "per s", "p50 ms", "p99 ms", "within " + withinMs + " ms");
    out.printf(
        "%-24s %10d %10.1f %10.2f %10.2f %12.2f %%%n",
        "webhooks",
        deliveries.count(),
        deliveries.perSecond(),
        deliveries.p50Ms(),
        deliveries.p99Ms(),
        withinShare * 100);
    deliveries.unexpected().forEach((what, times) -> out.printf("%d × %s%n", times, what));
  }
}
