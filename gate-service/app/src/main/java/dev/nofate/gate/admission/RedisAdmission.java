package dev.nofate.gate.admission;

import dev.nofate.gate.admission.Ticket.Hint;
import dev.nofate.gate.contract.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.jboss.logging.Logger;

/**
 * Rate limit and idempotency hint in one round trip to Redis. While Redis is away, a window per
 * replica counts instead, and repeats are recognised by the database and the log.
 */
@Startup
@ApplicationScoped
class RedisAdmission {

  private static final Logger LOG = Logger.getLogger(RedisAdmission.class);
  private static final long WINDOW_MS = 60_000;

  /**
   * KEYS: window, then a hint for each evaluation. ARGV: limit, window in ms, lifetime of a running
   * mark in ms, requests. What is refused is not counted.
   */
  private static final String SCRIPT =
      """
      local used = tonumber(redis.call('GET', KEYS[1]) or '0')
      local left = redis.call('PTTL', KEYS[1])
      if used + tonumber(ARGV[4]) > tonumber(ARGV[1]) then
        if left < 0 then left = tonumber(ARGV[2]) end
        return {used, left, 1}
      end
      used = redis.call('INCRBY', KEYS[1], ARGV[4])
      if left < 0 then
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        left = tonumber(ARGV[2])
      end
      local answer = {used, left, 0}
      for i = 2, #KEYS do
        local hint = redis.call('GET', KEYS[i])
        if not hint then
          redis.call('SET', KEYS[i], 'running', 'PX', ARGV[3])
          hint = 'fresh'
        end
        answer[#answer + 1] = hint
      end
      return answer
      """;

  private final RedisAPI redis;
  private final RateLimitConfig config;
  private final LocalWindows local;
  private final Counter withoutRedis;

  RedisAdmission(
      RedisAPI redis, RateLimitConfig config, LocalWindows local, MeterRegistry metrics) {
    this.redis = redis;
    this.config = config;
    this.local = local;
    this.withoutRedis = metrics.counter("nofate.admission.without.redis");
  }

  @Timeout(value = 250, unit = ChronoUnit.MILLIS)
  @CircuitBreaker(requestVolumeThreshold = 10, failureRatio = 0.5, delay = 2000)
  @Fallback(fallbackMethod = "withoutRedis")
  Uni<Ticket> admit(TenantId tenant, List<UUID> evaluations, int requests, long limit) {
    List<String> arguments = new ArrayList<>();
    arguments.add(SCRIPT);
    arguments.add(Integer.toString(evaluations.size() + 1));
    arguments.add("nofate:rate:{" + tenant + "}");
    evaluations.forEach(evaluation -> arguments.add(hintKey(tenant, evaluation)));
    arguments.add(Long.toString(limit));
    arguments.add(Long.toString(WINDOW_MS));
    arguments.add(Long.toString(config.runningTtl().toMillis()));
    arguments.add(Integer.toString(requests));
    return redis.eval(arguments).map(answer -> ticket(answer, evaluations, limit));
  }

  Uni<Ticket> withoutRedis(TenantId tenant, List<UUID> evaluations, int requests, long limit) {
    withoutRedis.increment();
    return Uni.createFrom().item(local.count(tenant, requests, limit, WINDOW_MS));
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

  private static Ticket ticket(Response answer, List<UUID> evaluations, long limit) {
    boolean exceeded = answer.get(2).toLong() == 1;
    Map<UUID, Hint> hints = new HashMap<>();
    if (!exceeded) {
      for (int i = 0; i < evaluations.size(); i++) {
        hints.put(evaluations.get(i), hint(answer.get(3 + i).toString()));
      }
    }
    return new Ticket(limit, answer.get(0).toLong(), answer.get(1).toLong(), exceeded, hints);
  }

  private static Hint hint(String text) {
    return switch (text) {
      case "fresh" -> Hint.FRESH;
      case "running" -> Hint.RUNNING;
      case "answered" -> Hint.ANSWERED;
      default -> Hint.UNKNOWN;
    };
  }

  private static String hintKey(TenantId tenant, UUID evaluation) {
    return "nofate:idem:{" + tenant + "}:" + evaluation;
  }
}
