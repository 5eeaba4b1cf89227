package dev.nofate.gate.engine.authority;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * A public key of a ruleset: a JWK (RFC 7517) of type OKP with curve Ed25519 (RFC 8037), or of type
 * EC with curve P-256.
 *
 * @param id the key id
 * @param algorithm the one JWS algorithm the key verifies: {@code EdDSA} or {@code ES256}
 * @param key the key
 */
public record GrantKey(String id, String algorithm, PublicKey key) {

  /** Octets of a coordinate: RFC 8032 section 5.1.5, RFC 7518 section 6.2.1.2. */
  private static final int COORDINATE = 32;

  private static final Set<String> OKP = Set.of("kty", "crv", "x", "kid", "alg", "use");
  private static final Set<String> EC = Set.of("kty", "crv", "x", "y", "kid", "alg", "use");

  /** Reads a JWK; empty when it is no public key of the two kinds, or carries anything else. */
  public static Optional<GrantKey> read(JsonNode jwk) {
    Map<String, Object> members = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : jwk.properties()) {
      if (!member.getValue().isTextual()) {
        return Optional.empty();
      }
      members.put(member.getKey(), member.getValue().textValue());
    }
    boolean edwards = is(members, "kty", "OKP") && is(members, "crv", "Ed25519");
    boolean prime = is(members, "kty", "EC") && is(members, "crv", "P-256");
    if (!(edwards || prime) || !(edwards ? OKP : EC).containsAll(members.keySet())) {
      return Optional.empty();
    }
    String algorithm =
        edwards
            ? AlgorithmIdentifiers.EDDSA
            : AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
    boolean sized =
        Base64Url.decode(members.get("x"))
                .filter(x -> x.length == COORDINATE && (prime || Ed25519Point.isUsable(x)))
                .isPresent()
            && (edwards
                || Base64Url.decode(members.get("y"))
                    .filter(y -> y.length == COORDINATE)
                    .isPresent());
    boolean fits = sized && is(members, "alg", algorithm, null) && is(members, "use", "sig", null);
    Object id = members.get("kid");
    return fits && id != null && !id.toString().isEmpty()
        ? key(members).map(key -> new GrantKey(id.toString(), algorithm, key))
        : Optional.empty();
  }

  private static Optional<PublicKey> key(Map<String, Object> members) {
    try {
      return Optional.ofNullable(PublicJsonWebKey.Factory.newPublicJwk(members).getPublicKey())
          .filter(GrantKey::isOnItsCurve);
    } catch (JoseException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  /** The JDK takes any pair of coordinates; y² = x³ + ax + b is looked at here (cofactor 1). */
  private static boolean isOnItsCurve(PublicKey key) {
    if (!(key instanceof ECPublicKey prime)) {
      return true;
    }
    EllipticCurve curve = prime.getParams().getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = prime.getW().getAffineX();
    BigInteger y = prime.getW().getAffineY();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
    return x.compareTo(p) < 0
        && y.compareTo(p) < 0
        && y.pow(2).subtract(right).mod(p).signum() == 0;
  }

  private static boolean is(Map<String, Object> members, String name, String... allowed) {
    Object value = members.get(name);
    for (String candidate : allowed) {
      if (value == null ? candidate == null : value.equals(candidate)) {
        return true;
      }
    }
    return false;
  }
}
