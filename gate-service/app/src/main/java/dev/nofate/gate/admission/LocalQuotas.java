package dev.nofate.gate.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Quotas of one replica, for the time that Redis is away. */
@ApplicationScoped
class LocalQuotas {

  private final InstantSource clock;

  /** By quota, the moment in microseconds at which it is whole again. */
  private final Cache<String, Double> whole;

  LocalQuotas(InstantSource clock, RateLimitConfig config) {
    this.clock = clock;
    this.whole = Caffeine.newBuilder().maximumSize(config.localTenants()).build();
  }

  synchronized Ticket take(List<Quota> quotas, long cost) {
    double now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    double wait = 0;
    List<Ticket.Level> before = new ArrayList<>();
    List<Ticket.Level> after = new ArrayList<>();
    for (Quota quota : quotas) {
      double taken = taken(quota, now);
      double then = taken + quota.takenMicros(cost);
      wait = Math.max(wait, taken + quota.neededMicros(cost) - quota.capacityMicros());
      before.add(quota.level(taken));
      after.add(quota.level(then));
    }
    if (wait > 1) {
      return new Ticket(before, (long) Math.ceil(wait / 1000), Map.of());
    }
    quotas.forEach(
        quota -> whole.put(quota.key(), now + taken(quota, now) + quota.takenMicros(cost)));
    return new Ticket(after, 0, Map.of());
  }

  private double taken(Quota quota, double now) {
    Double known = whole.getIfPresent(quota.key());
    return known == null ? 0 : Math.max(0, known - now);
  }
}
