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
 * Rate limits and idempotency hint in one round trip to Redis. While Redis is away, quotas of this
 * replica count instead, and repeats are recognised by the database and the log.
 */
@Startup
@ApplicationScoped
class RedisAdmission {

  private static final Logger LOG = Logger.getLogger(RedisAdmission.class);

  /**
   * Takes a cost from every quota or from none, and marks what begins to run. A quota's value is
   * the moment, in microseconds of Redis's clock, at which it is whole again (GCRA).
   *
   * <p>KEYS: quotas, then a hint for each evaluation. ARGV: number of quotas, lifetime of a running
   * mark in ms, then of each quota in microseconds what is taken and what may be taken already: its
   * capacity less what is needed. Answers the wait in microseconds, what is taken of each quota,
   * and when there is no wait the hints.
   */
  private static final String SCRIPT =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000000 + time[2]
      local quotas = tonumber(ARGV[1])
      local wait = 0
      local before = {}
      local after = {}
      for i = 1, quotas do
        before[i] = math.max(0, tonumber(redis.call('GET', KEYS[i]) or '0') - now)
        after[i] = before[i] + tonumber(ARGV[1 + 2 * i])
        wait = math.max(wait, before[i] - tonumber(ARGV[2 + 2 * i]))
      end
      if wait > 1 then
        return {math.ceil(wait), unpack(before)}
      end
      local answer = {0, unpack(after)}
      for i = 1, quotas do
        redis.call('SET', KEYS[i], string.format('%.0f', now + after[i]),
            'PX', math.ceil(after[i] / 1000) + 1)
      end
      for i = quotas + 1, #KEYS do
        local hint = redis.call('GET', KEYS[i])
        if not hint then
          redis.call('SET', KEYS[i], 'running', 'PX', ARGV[2])
          hint = 'fresh'
        end
        answer[#answer + 1] = hint
      end
      return answer
      """;

  private final RedisAPI redis;
  private final RateLimitConfig config;
  private final LocalQuotas local;
  private final Counter withoutRedis;

  RedisAdmission(RedisAPI redis, RateLimitConfig config, LocalQuotas local, MeterRegistry metrics) {
    this.redis = redis;
    this.config = config;
    this.local = local;
    this.withoutRedis = metrics.counter("nofate.admission.without.redis");
  }

  @Timeout(value = 250, unit = ChronoUnit.MILLIS)
  @CircuitBreaker(requestVolumeThreshold = 10, failureRatio = 0.5, delay = 2000)
  @Fallback(fallbackMethod = "withoutRedis")
  Uni<Ticket> admit(Demand demand, List<Quota> quotas) {
    TenantId tenant = demand.caller().tenant();
    long cost = demand.cost(config.bytesPerUnit().asLongValue());
    List<String> arguments = new ArrayList<>();
    arguments.add(SCRIPT);
    arguments.add(Integer.toString(quotas.size() + demand.evaluations().size()));
    quotas.forEach(quota -> arguments.add(quota.key()));
    demand.evaluations().forEach(evaluation -> arguments.add(hintKey(tenant, evaluation)));
    arguments.add(Integer.toString(quotas.size()));
    arguments.add(Long.toString(config.runningTtl().toMillis()));
    for (Quota quota : quotas) {
      arguments.add(Double.toString(quota.takenMicros(cost)));
      arguments.add(Double.toString(quota.capacityMicros() - quota.neededMicros(cost)));
    }
    return redis.eval(arguments).map(answer -> ticket(answer, quotas, demand.evaluations()));
  }

  Uni<Ticket> withoutRedis(Demand demand, List<Quota> quotas) {
    withoutRedis.increment();
    long cost = demand.cost(config.bytesPerUnit().asLongValue());
    return Uni.createFrom().item(local.take(quotas, cost));
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

  /**
   * Forgets requests that ended without an answer, so that their repeats are not held up. Whoever
   * tells of the end waits for it: a repeat may come at once. Never fails; what is not forgotten in
   * time counts as running until its mark ends.
   */
  Uni<Void> released(TenantId tenant, List<UUID> evaluations) {
    if (evaluations.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return redis
        .del(evaluations.stream().map(evaluation -> hintKey(tenant, evaluation)).toList())
        .ifNoItem()
        .after(config.releaseWithin())
        .fail()
        .onFailure()
        .invoke(failure -> LOG.debugf("a hint was not forgotten: %s", failure.getMessage()))
        .onFailure()
        .recoverWithNull()
        .replaceWithVoid();
  }

  private static void forget(Uni<Response> command) {
    command
        .subscribe()
        .with(
            done -> {}, failure -> LOG.debugf("a hint was not written: %s", failure.getMessage()));
  }

  private static Ticket ticket(Response answer, List<Quota> quotas, List<UUID> evaluations) {
    List<Ticket.Level> levels = new ArrayList<>();
    for (int i = 0; i < quotas.size(); i++) {
      levels.add(quotas.get(i).level(answer.get(1 + i).toLong()));
    }
    long waitMicros = answer.get(0).toLong();
    Map<UUID, Hint> hints = new HashMap<>();
    if (waitMicros == 0) {
      for (int i = 0; i < evaluations.size(); i++) {
        hints.put(evaluations.get(i), hint(answer.get(1 + quotas.size() + i).toString()));
      }
    }
    return new Ticket(levels, (waitMicros + 999) / 1000, hints);
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
