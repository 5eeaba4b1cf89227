package dev.nofate.kit.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nofate.gate.contract.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Function;

/** Remembers callers for a short time, under a digest of the key: no key stays in memory. */
@ApplicationScoped
public class CallerCache {

  private final Cache<ByteBuffer, Caller> known;

  public CallerCache(CallerCacheConfig config) {
    known = Caffeine.newBuilder().maximumSize(config.size()).expireAfterWrite(config.ttl()).build();
  }

  /**
   * The remembered caller, or the one that {@code source} finds; only found ones are remembered.
   */
  public Uni<Optional<Caller>> get(String apiKey, Function<String, Uni<Optional<Caller>>> source) {
    ByteBuffer digest = digest(apiKey);
    Caller hit = known.getIfPresent(digest);
    if (hit != null) {
      return Uni.createFrom().item(Optional.of(hit));
    }
    return source
        .apply(apiKey)
        .invoke(found -> found.ifPresent(caller -> known.put(digest, caller)));
  }

  /** Forgets everything, so that a revocation on this replica takes effect at once. */
  public void clear() {
    known.invalidateAll();
  }

  private static ByteBuffer digest(String apiKey) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(apiKey.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
