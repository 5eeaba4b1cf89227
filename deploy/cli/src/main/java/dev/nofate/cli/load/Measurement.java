package dev.nofate.cli.load;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Map;

/**
 * What was measured of one kind of request.
 *
 * @param count answered as expected within the measured time
 * @param perSecond throughput
 * @param p50Ms median duration
 * @param p95Ms 95th percentile
 * @param p99Ms 99th percentile
 * @param unexpected how often something else came back, by what it was; warm-up included
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Measurement(
    int count,
    double perSecond,
    double p50Ms,
    double p95Ms,
    double p99Ms,
    Map<String, Integer> unexpected) {

  static Measurement of(Latencies latencies, Duration time, Map<String, Integer> unexpected) {
    return new Measurement(
        latencies.count(),
        round(latencies.count() / (time.toNanos() / 1e9), 10),
        round(latencies.percentileMillis(50), 100),
        round(latencies.percentileMillis(95), 100),
        round(latencies.percentileMillis(99), 100),
        Map.copyOf(unexpected));
  }

  static Measurement of(ClosedLoop.Answers answers, LoadPlan plan) {
    return of(answers.latencies(), plan.duration(), answers.unexpected());
  }

  private static double round(double value, int parts) {
    return (double) Math.round(value * parts) / parts;
  }
}
