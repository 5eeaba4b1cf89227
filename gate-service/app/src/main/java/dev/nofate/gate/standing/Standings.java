package dev.nofate.gate.standing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nofate.billing.contract.AccountStanding;
import dev.nofate.billing.contract.Standing;
import dev.nofate.gate.contract.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * What the gate knows of accounts' standing: pushed through Redis, asked for when older than a
 * bound. While billing-service does not answer, the last known standing holds; an account of which
 * nothing is known yet is served, because its usage is metered from the log all the same.
 */
@ApplicationScoped
public class Standings {

  private static final Logger LOG = Logger.getLogger(Standings.class);
  private static final Duration RESUBSCRIBE = Duration.ofSeconds(5);

  private record Seen(AccountStanding standing, Instant at) {}

  private final AccountsClient accounts;
  private final ReactiveRedisDataSource redis;
  private final ObjectMapper json;
  private final InstantSource clock;
  private final StandingConfig config;
  private final Cache<TenantId, Seen> seen;
  private final Counter unknown;

  Standings(
      @RestClient AccountsClient accounts,
      ReactiveRedisDataSource redis,
      ObjectMapper json,
      InstantSource clock,
      StandingConfig config,
      MeterRegistry metrics) {
    this.accounts = accounts;
    this.redis = redis;
    this.json = json;
    this.clock = clock;
    this.config = config;
    this.seen = Caffeine.newBuilder().maximumSize(config.size()).build();
    this.unknown =
        Counter.builder("nofate.standing.unknown")
            .description("Evaluations admitted while an account's standing was not known")
            .register(metrics);
  }

  /** Whether the account is suspended, as of at most a few seconds ago. */
  public Uni<Boolean> suspended(TenantId tenant) {
    Seen last = seen.getIfPresent(tenant);
    if (last != null && last.at().plus(config.freshFor()).isAfter(clock.instant())) {
      return Uni.createFrom().item(isSuspended(last));
    }
    return accounts
        .standing(tenant)
        .ifNoItem()
        .after(config.askTimeout())
        .fail()
        .map(standing -> isSuspended(remember(standing)))
        .onFailure()
        .recoverWithItem(failure -> withoutBilling(tenant, last, failure));
  }

  private boolean withoutBilling(TenantId tenant, Seen last, Throwable failure) {
    if (failure instanceof WebApplicationException web && web.getResponse().getStatus() == 404) {
      remember(new AccountStanding(tenant, Standing.ACTIVE, null, 0));
      return false;
    }
    if (last == null) {
      unknown.increment();
      return false;
    }
    // Not asked again for each request while billing-service is away.
    seen.put(tenant, new Seen(last.standing(), clock.instant()));
    return isSuspended(last);
  }

  private Seen remember(AccountStanding standing) {
    return seen.asMap()
        .merge(
            standing.tenant(),
            new Seen(standing, clock.instant()),
            (old, fresh) ->
                fresh.standing().version() >= old.standing().version()
                    ? fresh
                    : new Seen(old.standing(), fresh.at()));
  }

  private static boolean isSuspended(Seen seen) {
    return seen.standing().standing() == Standing.SUSPENDED;
  }

  void listen(@Observes StartupEvent start) {
    redis
        .pubsub(String.class)
        .subscribe(AccountStanding.CHANNEL)
        .onFailure()
        .invoke(failure -> LOG.debugf("standing is not pushed: %s", failure.getMessage()))
        .onFailure()
        .retry()
        .withBackOff(RESUBSCRIBE, RESUBSCRIBE)
        .indefinitely()
        .subscribe()
        .with(this::pushed, failure -> LOG.warn("standing is asked for, not pushed", failure));
  }

  private void pushed(String message) {
    try {
      remember(json.readValue(message, AccountStanding.class));
    } catch (JsonProcessingException e) {
      LOG.warn("a pushed standing was not understood");
    }
  }
}
