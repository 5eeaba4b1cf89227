package dev.nofate.gate.secret;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 under {@code API_SECRET_SALT}, with a purpose in front so that a value made for one
 * use is worthless for another.
 */
@Startup
@ApplicationScoped
public class Secrets {

  private static final int MIN_LENGTH = 32;

  private final List<SecretKeySpec> keys;

  /**
   * Reads the secrets.
   *
   * @throws IllegalStateException when none is set or one is short; their text is never shown
   */
  public Secrets(SecretConfig config) {
    List<String> salts = config.salts().orElse(List.of());
    if (salts.isEmpty() || salts.stream().anyMatch(salt -> salt.length() < MIN_LENGTH)) {
      throw new IllegalStateException(
          "API_SECRET_SALT holds no secret, or one of fewer than 32 characters");
    }
    keys =
        salts.stream()
            .map(salt -> new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
            .toList();
  }

  /** 32 bytes under the current secret. */
  public byte[] current(String purpose, String... parts) {
    return hmac(keys.get(0), purpose, parts);
  }

  /** 32 bytes under each live secret, the current one first. */
  public List<byte[]> live(String purpose, String... parts) {
    return keys.stream().map(key -> hmac(key, purpose, parts)).toList();
  }

  private static byte[] hmac(SecretKeySpec key, String purpose, String... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(("no-fate/" + purpose + "/v1").getBytes(StandardCharsets.UTF_8));
      for (String part : parts) {
        // A line feed cannot occur in a UUID, a key or an Idempotency-Key.
        mac.update((byte) '\n');
        mac.update(part.getBytes(StandardCharsets.UTF_8));
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
