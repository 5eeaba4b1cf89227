package dev.nofate.gate.admission;

import dev.nofate.gate.admission.Ticket.Hint;
import dev.nofate.gate.contract.TenantId;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.jboss.logging.Logger;

/**
 * Rate limit and idempotency hint in one round trip to Redis. While Redis is away, a window per
 * replica counts instead, and repeats are recognised by the database and the log.
 */
@ApplicationScoped
class RedisAdmission {

  private static final Logger LOG = Logger.getLogger(RedisAdmission.class);
  private static final long WINDOW_MS = 60_000;

  /** KEYS: window, hint. ARGV: limit, window in ms, lifetime of a running mark in ms. */
  private static final String SCRIPT =
      """
      local used = redis.call('INCR', KEYS[1])
      local left = redis.call('PTTL', KEYS[1])
      if left < 0 then
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        left = tonumber(ARGV[2])
      end
      if used > tonumber(ARGV[1]) then
        return {used, left, ''}
      end
      local hint = redis.call('GET', KEYS[2])
      if not hint then
        redis.call('SET', KEYS[2], 'running', 'PX', ARGV[3])
        hint = 'fresh'
      end
      return {used, left, hint}
      """;

  private final RedisAPI redis;
  private final RateLimitConfig config;
  private final LocalWindows local;
  private final MeterRegistry metrics;

  RedisAdmission(
      RedisAPI redis, RateLimitConfig config, LocalWindows local, MeterRegistry metrics) {
    this.redis = redis;
    this.config = config;
    this.local = local;
    this.metrics = metrics;
  }

  @Timeout(value = 250, unit = ChronoUnit.MILLIS)
  @CircuitBreaker(requestVolumeThreshold = 10, failureRatio = 0.5, delay = 2000)
  @Fallback(fallbackMethod = "withoutRedis")
  Uni<Ticket> admit(TenantId tenant, UUID evaluation, long limit) {
    return redis
        .eval(
            List.of(
                SCRIPT,
                "2",
                "nofate:rate:{" + tenant + "}",
                hintKey(tenant, evaluation),
                Long.toString(limit),
                Long.toString(WINDOW_MS),
                Long.toString(config.runningTtl().toMillis())))
        .map(answer -> ticket(answer, limit));
  }

  Uni<Ticket> withoutRedis(TenantId tenant, UUID evaluation, long limit) {
    metrics.counter("nofate.admission.without.redis").increment();
    return Uni.createFrom().item(local.count(tenant, limit, WINDOW_MS));
  }

  /** Remembers that the key has its answer. Losing this costs a look-up, nothing else. */
  void answered(TenantId tenant, UUID evaluation) {
    forget(
        redis.set(
            List.of(
                hintKey(tenant, evaluation),
                "answered",
                "PX",
                Long.toString(config.hintTtl().toMillis()))));
  }

  /** Forgets a request that ended without an answer, so that its repeat is not held up. */
  void released(TenantId tenant, UUID evaluation) {
    forget(redis.del(List.of(hintKey(tenant, evaluation))));
  }

  private static void forget(Uni<Response> command) {
    command
        .subscribe()
        .with(
            done -> {}, failure -> LOG.debugf("a hint was not written: %s", failure.getMessage()));
  }

  private static Ticket ticket(Response answer, long limit) {
    Hint hint =
        switch (answer.get(2).toString()) {
          case "fresh" -> Hint.FRESH;
          case "running" -> Hint.RUNNING;
          case "answered" -> Hint.ANSWERED;
          default -> Hint.UNKNOWN;
        };
    return new Ticket(limit, answer.get(0).toLong(), answer.get(1).toLong(), hint);
  }

  private static String hintKey(TenantId tenant, UUID evaluation) {
    return "nofate:idem:{" + tenant + "}:" + evaluation;
  }
}
