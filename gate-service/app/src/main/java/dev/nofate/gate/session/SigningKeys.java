package dev.nofate.gate.session;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * The keys that sign sessions, fetched when they are old or when a token names one that is not
 * known: one fetch at a time, and with a pause between two, so that made-up key ids are cheap.
 */
@ApplicationScoped
class SigningKeys {

  private static final Logger LOG = Logger.getLogger(SigningKeys.class);

  private record Held(Map<String, PublicKey> keys, Instant at) {}

  private final ClerkClient clerk;
  private final ClerkConfig config;
  private final InstantSource clock;
  private volatile Held held = new Held(Map.of(), Instant.MIN);
  private Instant asked = Instant.MIN;
  private boolean failed;
  private Uni<Held> running;

  SigningKeys(@RestClient ClerkClient clerk, ClerkConfig config, InstantSource clock) {
    this.clerk = clerk;
    this.config = config;
    this.clock = clock;
  }

  /**
   * The key with this id; empty when the issuer has none.
   *
   * @return fails with 503 when the issuer did not answer and the key is not known
   */
  Uni<Optional<PublicKey>> find(String id) {
    Held now = held;
    PublicKey known = now.keys().get(id);
    if (known != null && isYounger(now, config.keysFreshFor())) {
      return Uni.createFrom().item(Optional.of(known));
    }
    return newest().map(found -> choose(found, id));
  }

  private Optional<PublicKey> choose(Held found, String id) {
    PublicKey key = isYounger(found, config.keysGoodFor()) ? found.keys().get(id) : null;
    if (key == null && hasFailed()) {
      throw new ProblemException(ErrorCode.UNAVAILABLE, "The issuer of sessions did not answer")
          .with("Retry-After", "1");
    }
    return Optional.ofNullable(key);
  }

  private synchronized Uni<Held> newest() {
    Instant now = clock.instant();
    if (running == null) {
      if (asked.isAfter(now.minus(config.keysPause()))) {
        return Uni.createFrom().item(held);
      }
      asked = now;
      running =
          clerk
              .keys(config.issuer().orElseThrow())
              .map(JwkSet::read)
              .onItemOrFailure()
              .transform(this::landed)
              .memoize()
              .indefinitely();
    }
    return onOwnContext(running);
  }

  private synchronized Held landed(Map<String, PublicKey> keys, Throwable failure) {
    running = null;
    failed = failure != null;
    if (failed) {
      LOG.warnf("the keys of sessions were not fetched: %s", failure.getClass());
    } else {
      held = new Held(keys, clock.instant());
    }
    return held;
  }

  private synchronized boolean hasFailed() {
    return failed;
  }

  private boolean isYounger(Held keys, Duration age) {
    return keys.at().isAfter(clock.instant().minus(age));
  }

  /** Each request that waits goes on where it came from, not where the first one was served. */
  private static Uni<Held> onOwnContext(Uni<Held> shared) {
    Context own = Vertx.currentContext();
    return own == null ? shared : shared.emitOn(task -> own.runOnContext(ignored -> task.run()));
  }
}
