package dev.nofate.kit.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Gives the times of HTTP requests a histogram, so that a quantile can be taken over all replicas.
 * One bound is the objective that alerts are about: 1000 ms.
 */
final class LatencyBuckets implements MeterFilter {

  private static final String REQUESTS = "http.server.requests";
  private static final double[] BOUNDS_NANOS =
      LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
          .mapToDouble(ms -> Duration.ofMillis(ms).toNanos())
          .toArray();

  @Produces
  @Singleton
  static MeterFilter latencyBuckets() {
    return new LatencyBuckets();
  }

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    if (!id.getName().equals(REQUESTS)) {
      return config;
    }
    return DistributionStatisticConfig.builder()
        .serviceLevelObjectives(BOUNDS_NANOS)
        .build()
        .merge(config);
  }
}
