package dev.nofate.gate.signin;

import dev.nofate.gate.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One try to sign in at the identity provider. All of it follows, under the server's secret, from a
 * random text that the browser keeps in a cookie: nothing is stored, and an answer that comes in
 * another browser belongs to no attempt of that browser's.
 *
 * @param state what the answer carries back (RFC 6749)
 * @param nonce what the ID token carries (OpenID Connect)
 * @param verifier what proves at the token endpoint who began (RFC 7636)
 */
record Attempt(String state, String nonce, String verifier) {

  private static final Pattern SEED = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** The attempt that begins with this text. */
  static Attempt begin(Secrets secrets, String seed) {
    return live(secrets, seed).get(0);
  }

  /** The attempt of this text that the state belongs to; empty when it is none of it. */
  static Optional<Attempt> find(Secrets secrets, String seed, String state) {
    if (seed == null || state == null || !SEED.matcher(seed).matches()) {
      return Optional.empty();
    }
    return live(secrets, seed).stream()
        .filter(
            attempt ->
                MessageDigest.isEqual(
                    attempt.state.getBytes(StandardCharsets.UTF_8),
                    state.getBytes(StandardCharsets.UTF_8)))
        .findFirst();
  }

  /** The S256 challenge of the verifier. */
  String challenge() {
    try {
      return text(
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static List<Attempt> live(Secrets secrets, String seed) {
    List<byte[]> states = secrets.live("sign-in-state", seed);
    List<byte[]> nonces = secrets.live("sign-in-nonce", seed);
    List<byte[]> verifiers = secrets.live("sign-in-verifier", seed);
    return IntStream.range(0, states.size())
        .mapToObj(
            at -> new Attempt(text(states.get(at)), text(nonces.get(at)), text(verifiers.get(at))))
        .toList();
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Attempt[…]";
  }
}
