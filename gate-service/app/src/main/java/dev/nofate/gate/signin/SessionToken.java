package dev.nofate.gate.signin;

import dev.nofate.gate.secret.Secrets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** 256 random bits in base64url behind a name; what is kept is their HMAC-SHA-256. */
record SessionToken(String text) {

  /** How the credential of a session starts. */
  static final String PREFIX = "nf_console_";

  private static final Pattern FORM = Pattern.compile("nf_console_[A-Za-z0-9_-]{43}");
  private static final int RANDOM_BYTES = 32;

  static SessionToken fresh(SecureRandom random) {
    byte[] bits = new byte[RANDOM_BYTES];
    random.nextBytes(bits);
    return new SessionToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  static Optional<SessionToken> parse(String text) {
    return text != null && FORM.matcher(text).matches()
        ? Optional.of(new SessionToken(text))
        : Optional.empty();
  }

  byte[] hmac(Secrets secrets, String purpose) {
    return secrets.current(purpose, text);
  }

  List<byte[]> hmacs(Secrets secrets, String purpose) {
    return secrets.live(purpose, text);
  }

  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
