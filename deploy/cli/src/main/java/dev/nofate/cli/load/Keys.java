package dev.nofate.cli.load;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * The API keys that requests are sent with.
 *
 * @param source gives the next
 * @param areRefused whether nobody has them
 */
record Keys(Supplier<String> source, boolean areRefused) {

  private static final int SECRET_BYTES = 32;

  /** One good key. */
  static Keys good(String key) {
    return new Keys(() -> key, false);
  }

  /** Keys of the right form that nobody has, each another: no cache can know them. */
  static Keys unknown() {
    SecureRandom random = new SecureRandom();
    return new Keys(
        () -> {
          byte[] secret = new byte[SECRET_BYTES];
          random.nextBytes(secret);
          return "nf_live_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        },
        true);
  }

  String next() {
    return source.get();
  }

  int expectedStatus() {
    return areRefused ? 401 : 200;
  }

  @Override
  public String toString() {
    return areRefused ? "Keys[unknown]" : "Keys[good]";
  }
}
