package dev.nofate.gate.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nofate.gate.contract.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

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

  Ticket count(TenantId tenant, long limit, long windowMs) {
    long now = clock.millis();
    Window window =
        windows
            .asMap()
            .compute(
                tenant,
                (id, old) ->
                    old == null || now >= old.startMs() + windowMs
                        ? new Window(now, 1)
                        : new Window(old.startMs(), old.used() + 1));
    return new Ticket(limit, window.used(), window.startMs() + windowMs - now, Ticket.Hint.UNKNOWN);
  }
}
