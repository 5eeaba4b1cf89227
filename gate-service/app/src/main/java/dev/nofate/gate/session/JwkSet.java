package dev.nofate.gate.session;

import java.security.PublicKey;
import java.util.Map;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

/** Reads a JWK set (RFC 7517): the RSA keys in it that may sign with RS256, by key id. */
final class JwkSet {

  private static final int MAX_CHARACTERS = 65_536;
  private static final int MAX_KEYS = 32;
  private static final int MIN_BITS = 2048;

  private JwkSet() {}

  /**
   * The usable keys.
   *
   * @throws IllegalArgumentException when the text is no JWK set or beyond the bounds
   */
  static Map<String, PublicKey> read(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException("the JWK set is too large");
    }
    try {
      return new JsonWebKeySet(text)
          .getJsonWebKeys().stream()
              .filter(RsaJsonWebKey.class::isInstance)
              .map(RsaJsonWebKey.class::cast)
              .filter(JwkSet::signs)
              .limit(MAX_KEYS)
              .collect(
                  Collectors.toUnmodifiableMap(
                      RsaJsonWebKey::getKeyId, RsaJsonWebKey::getPublicKey, (one, two) -> one));
    } catch (JoseException e) {
      throw new IllegalArgumentException("the JWK set was not readable", e);
    }
  }

  private static boolean signs(RsaJsonWebKey key) {
    return key.getKeyId() != null
        && (key.getUse() == null || key.getUse().equals("sig"))
        && (key.getAlgorithm() == null || key.getAlgorithm().equals("RS256"))
        && key.getRsaPublicKey().getModulus().bitLength() >= MIN_BITS;
  }
}
