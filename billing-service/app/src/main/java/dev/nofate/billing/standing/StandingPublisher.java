package dev.nofate.billing.standing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.billing.contract.AccountStanding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.pubsub.ReactivePubSubCommands;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Tells whoever listens that a standing changed. Best effort: who misses a message asks again when
 * its cached standing runs out.
 */
@Startup
@ApplicationScoped
public class StandingPublisher {

  private static final Logger LOG = Logger.getLogger(StandingPublisher.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ReactivePubSubCommands<String> redis;
  private final ObjectMapper json;
  private final Counter published;
  private final Counter failed;

  public StandingPublisher(
      ReactiveRedisDataSource redis, ObjectMapper json, MeterRegistry metrics) {
    this.redis = redis.pubsub(String.class);
    this.json = json;
    this.published = metrics.counter("nofate.billing.standing.published");
    this.failed = metrics.counter("nofate.billing.standing.publish.failures");
  }

  /** Publishes after the change was committed; never fails. */
  public Uni<Void> publish(AccountStanding standing) {
    return Uni.createFrom()
        .deferred(() -> redis.publish(AccountStanding.CHANNEL, text(standing)))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .invoke(() -> published.increment())
        .onFailure()
        .invoke(
            failure -> {
              failed.increment();
              LOG.warnf(
                  "the standing of %s at version %d was not published: %s",
                  standing.tenant(), standing.version(), failure.getClass().getSimpleName());
            })
        .onFailure()
        .recoverWithNull();
  }

  private String text(AccountStanding standing) {
    try {
      return json.writeValueAsString(standing);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
