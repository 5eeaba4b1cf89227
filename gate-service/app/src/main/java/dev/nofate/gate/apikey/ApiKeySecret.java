package dev.nofate.gate.apikey;

import dev.nofate.gate.secret.Secrets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of an API key: {@code nf_live_} or {@code nf_test_} and 256 random bits in base64url. It
 * is shown once; what is kept is its HMAC-SHA-256.
 */
record ApiKeySecret(String text) {

  static final String PREFIX = "nf_";

  private static final Pattern FORM = Pattern.compile("nf_(test|live)_[A-Za-z0-9_-]{43}");
  private static final int RANDOM_BYTES = 32;
  private static final int SHOWN = 12;

  static ApiKeySecret fresh(SecureRandom random, boolean live) {
    byte[] bits = new byte[RANDOM_BYTES];
    random.nextBytes(bits);
    return of(bits, live);
  }

  /** From 32 bytes that nobody else can know. */
  static ApiKeySecret of(byte[] bits, boolean live) {
    String kind = live ? "nf_live_" : "nf_test_";
    return new ApiKeySecret(kind + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  static Optional<ApiKeySecret> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new ApiKeySecret(text)) : Optional.empty();
  }

  /** What lists show of the key. */
  String prefix() {
    return text.substring(0, SHOWN);
  }

  /** Under the current secret, for storing. */
  byte[] hmac(Secrets secrets) {
    return secrets.current("api-key", text);
  }

  /** Under every live secret, for finding. */
  List<byte[]> hmacs(Secrets secrets) {
    return secrets.live("api-key", text);
  }

  @Override
  public String toString() {
    return prefix() + "…";
  }
}
