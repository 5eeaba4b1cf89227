package dev.nofate.gate.engine.authority;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.JsonLimits;
import dev.nofate.gate.engine.json.JsonReading;
import dev.nofate.gate.engine.json.Octets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * A grant as it was sent: read, its signature not yet looked at.
 *
 * @param compact the JWS (RFC 7515 section 7.1)
 * @param digest {@code sha256:} of the compact form
 * @param keyId what the header says of the key
 * @param algorithm what the header says of the algorithm
 * @param claims the claims
 */
record Grant(String compact, String digest, String keyId, String algorithm, GrantClaims claims) {

  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /** Octets of a signature by either algorithm: RFC 8032 section 5.1.6, RFC 7518 section 3.4. */
  private static final int SIGNATURE = 64;

  private static final Set<String> HEADER = Set.of("alg", "kid", "typ");

  /** Reads a token; empty when it is no grant, whoever signed it. */
  static Optional<Grant> read(String token, JsonLimits limits) {
    if (!COMPACT.matcher(token).matches()) {
      return Optional.empty();
    }
    String[] parts = token.split("\\.", -1);
    if (Base64Url.decode(parts[2]).filter(s -> s.length == SIGNATURE).isEmpty()) {
      return Optional.empty();
    }
    return object(parts[0], limits)
        .filter(Grant::isHeader)
        .flatMap(
            header ->
                object(parts[1], limits)
                    .flatMap(GrantClaims::read)
                    .map(
                        claims ->
                            new Grant(
                                token,
                                Octets.ofUtf8(token).sha256(),
                                header.get("kid").textValue(),
                                header.get("alg").textValue(),
                                claims)));
  }

  /**
   * Whether the key is the one the header names and the signature is made with it. The key fixes
   * the algorithm; what the header says is only compared.
   */
  boolean isSignedBy(GrantKey key) {
    if (!key.id().equals(keyId) || !key.algorithm().equals(algorithm)) {
      return false;
    }
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setAlgorithmConstraints(
          new AlgorithmConstraints(ConstraintType.PERMIT, key.algorithm()));
      signature.setCompactSerialization(compact);
      signature.setKey(key.key());
      return signature.verifySignature();
    } catch (JoseException | RuntimeException malformed) {
      return false;
    }
  }

  private static boolean isHeader(JsonNode header) {
    return header.properties().stream().allMatch(member -> HEADER.contains(member.getKey()))
        && header.path("kid").isTextual()
        && header.path("alg").isTextual();
  }

  private static Optional<JsonNode> object(String part, JsonLimits limits) {
    return Base64Url.decode(part)
        .map(text -> CanonicalJson.read(text, limits))
        .filter(JsonReading.Value.class::isInstance)
        .map(reading -> ((JsonReading.Value) reading).value())
        .filter(JsonNode::isObject);
  }
}
