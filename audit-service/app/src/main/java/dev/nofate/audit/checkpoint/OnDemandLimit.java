package dev.nofate.audit.checkpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often a tenant has its growing chain signed by asking. Every checkpoint is kept for good, so
 * that without a limit a caller who appends and asks in turn fills the table. Counted per replica.
 */
@ApplicationScoped
class OnDemandLimit {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int perMinute;
  private final Cache<UUID, AtomicInteger> signed;

  OnDemandLimit(CheckpointConfig config) {
    perMinute = config.onDemandPerMinute();
    signed =
        Caffeine.newBuilder()
            .maximumSize(config.rememberedTenants())
            .expireAfterWrite(WINDOW)
            .build();
  }

  /**
   * Counts one more.
   *
   * @throws ProblemException 429 when there were as many in the minute that the first one began
   */
  void take(UUID tenant) {
    if (signed.get(tenant, first -> new AtomicInteger()).incrementAndGet() > perMinute) {
      throw new ProblemException(
              ErrorCode.RATE_LIMIT_EXCEEDED,
              "The chain was signed on demand %d times within a minute".formatted(perMinute))
          .with("Retry-After", Long.toString(WINDOW.toSeconds()));
    }
  }
}
