package dev.nofate.kit.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.nofate.gate.contract.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Remembers callers for a short time, and never beyond the end of their credential, under a digest
 * of it: no credential stays in memory.
 */
@ApplicationScoped
public class CallerCache {

  private final Cache<ByteBuffer, Caller> known;

  public CallerCache(CallerCacheConfig config) {
    known =
        Caffeine.newBuilder()
            .maximumSize(config.size())
            .expireAfter(
                Expiry.<ByteBuffer, Caller>writing(
                    (digest, caller) -> remaining(caller, config.ttl(), Instant.now())))
            .build();
  }

  /**
   * The remembered caller, or the one that {@code source} finds; only found ones are remembered.
   */
  public Uni<Optional<Caller>> get(
      String credential, Function<String, Uni<Optional<Caller>>> source) {
    ByteBuffer digest = digest(credential);
    Caller hit = known.getIfPresent(digest);
    if (hit != null) {
      return Uni.createFrom().item(Optional.of(hit));
    }
    return source
        .apply(credential)
        .invoke(found -> found.ifPresent(caller -> known.put(digest, caller)));
  }

  /** Forgets everything, so that a revocation on this replica takes effect at once. */
  public void clear() {
    known.invalidateAll();
  }

  static Duration remaining(Caller caller, Duration ttl, Instant now) {
    if (caller.expiresAt() == null || !caller.expiresAt().isBefore(now.plus(ttl))) {
      return ttl;
    }
    return caller.expiresAt().isAfter(now)
        ? Duration.between(now, caller.expiresAt())
        : Duration.ZERO;
  }

  private static ByteBuffer digest(String credential) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(credential.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
