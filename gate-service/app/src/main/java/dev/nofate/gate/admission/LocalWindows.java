package dev.nofate.gate.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nofate.gate.contract.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;

/** Windows of one replica, for the time that Redis is away. */
@ApplicationScoped
class LocalWindows {

  private record Window(long startMs, long used) {}

  private final InstantSource clock;
  private final Cache<TenantId, Window> windows;

  LocalWindows(InstantSource clock, RateLimitConfig config) {
    this.clock = clock;
    this.windows = Caffeine.newBuilder().maximumSize(config.localTenants()).build();
  }

  Ticket count(TenantId tenant, int requests, long limit, long windowMs) {
    long now = clock.millis();
    boolean[] exceeded = new boolean[1];
    Window window =
        windows
            .asMap()
            .compute(
                tenant,
                (id, old) -> {
                  Window current =
                      old == null || now >= old.startMs() + windowMs ? new Window(now, 0) : old;
                  exceeded[0] = current.used() + requests > limit;
                  return exceeded[0]
                      ? current
                      : new Window(current.startMs(), current.used() + requests);
                });
    return new Ticket(
        limit, window.used(), window.startMs() + windowMs - now, exceeded[0], Map.of());
  }
}
