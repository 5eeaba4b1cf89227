package dev.nofate.cli.load;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.PrintWriter;
import java.util.List;

/**
 * Group commit beside inserts.
 *
 * @param target where the appends were sent
 * @param eventsPerAppend as an evaluation that passes all gates has
 * @param filledTenant whose chain was filled before; null for none
 * @param fillSeconds it took
 * @param rows a measurement each
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record AuditReport(
    String target, int eventsPerAppend, String filledTenant, double fillSeconds, List<Row> rows)
    implements Report {

  /**
   * One number of callers on one chain.
   *
   * @param existing events in the chain before anything was measured
   * @param callers at once
   * @param eventsPerSecond acknowledged events
   * @param appends they came in, with their latencies
   * @param inserts single durable rows
   * @param eventsPerInsert the ratio of both throughputs
   * @param microsPerEvent processor time of service, database and load generator; 0 where the
   *     system does not tell
   * @param microsPerInsert the same
   * @param eventsPerInsertByProcessor the ratio of both costs, which a busy machine does not change
   */
  record Row(
      long existing,
      int callers,
      double eventsPerSecond,
      Measurement appends,
      Measurement inserts,
      double eventsPerInsert,
      double microsPerEvent,
      double microsPerInsert,
      double eventsPerInsertByProcessor) {

    static Row of(
        long existing, LoadPlan plan, AuditLoad.Costed appends, AuditLoad.Costed inserts) {
      double events = appends.measured().perSecond() * EvaluationEvents.COUNT;
      return new Row(
          existing,
          plan.concurrency(),
          Math.round(events * 10) / 10.0,
          appends.measured(),
          inserts.measured(),
          ratio(events, inserts.measured().perSecond()),
          appends.micros(),
          inserts.micros(),
          ratio(inserts.micros(), appends.micros()));
    }

    private static double ratio(double one, double other) {
      return other == 0 ? 0 : Math.round(one / other * 100) / 100.0;
    }

    boolean isAsExpected() {
      return appends.count() > 0
          && inserts.count() > 0
          && appends.unexpected().isEmpty()
          && inserts.unexpected().isEmpty();
    }
  }

  @Override
  public boolean holds() {
    return rows.stream().allMatch(Row::isAsExpected);
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(
        "Appends of %d events each, sent to %s, beside durable inserts of single rows%n",
        eventsPerAppend, target);
    if (filledTenant != null) {
      out.printf("The chain of tenant %s was filled in %.1f s.%n", filledTenant, fillSeconds);
    }
    out.printf(
        "%n%10s %8s %10s %8s %8s %8s %10s %8s %8s %8s %7s %7s%n",
        "in chain",
        "callers",
        "events/s",
        "p50 ms",
        "p99 ms",
        "cpu µs",
        "inserts/s",
        "p50 ms",
        "p99 ms",
        "cpu µs",
        "ratio",
        "by cpu");
    for (Row row : rows) {
      out.printf(
          "%10d %8d %10.1f %8.2f %8.2f %8.1f %10.1f %8.2f %8.2f %8.1f %7.2f %7.2f%n",
          row.existing(),
          row.callers(),
          row.eventsPerSecond(),
          row.appends().p50Ms(),
          row.appends().p99Ms(),
          row.microsPerEvent(),
          row.inserts().perSecond(),
          row.inserts().p50Ms(),
          row.inserts().p99Ms(),
          row.microsPerInsert(),
          row.eventsPerInsert(),
          row.eventsPerInsertByProcessor());
    }
    for (Row row : rows) {
      row.appends().unexpected().forEach((what, n) -> out.printf("appends: %d × %s%n", n, what));
      row.inserts().unexpected().forEach((what, n) -> out.printf("inserts: %d × %s%n", n, what));
    }
  }
}
