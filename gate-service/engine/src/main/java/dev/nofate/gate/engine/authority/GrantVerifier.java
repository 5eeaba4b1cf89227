package dev.nofate.gate.engine.authority;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.JsonLimits;
import dev.nofate.gate.engine.json.JsonReading;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Verifies grants: compact JWS (RFC 7515) whose payload is a JSON object of claims.
 *
 * <p>The header carries {@code alg}, {@code kid} and at most {@code typ}. The key is chosen by
 * {@code kid} among the ruleset's keys and fixes the algorithm; what the header says of it is only
 * compared. Claims: {@code action}, {@code tenant}, {@code exp} (required); {@code nbf}, {@code
 * proposal_digest} (when present, they bind); {@code iss}, {@code sub}, {@code iat}, {@code jti}
 * (carried, not judged). Anything else is refused, as is anything that is no strict JSON.
 */
public final class GrantVerifier {

  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /** Octets of a signature by either algorithm: RFC 8032 section 5.1.6, RFC 7518 section 3.4. */
  private static final int SIGNATURE = 64;

  private static final Set<String> HEADER = Set.of("alg", "kid", "typ");
  private static final Set<String> CLAIMS =
      Set.of("action", "tenant", "exp", "nbf", "proposal_digest", "iss", "sub", "iat", "jti");

  private final AuthorityPolicy policy;
  private final JsonLimits limits;

  /** A verifier for one ruleset. */
  public GrantVerifier(AuthorityPolicy policy, JsonLimits limits) {
    this.policy = policy;
    this.limits = limits;
  }

  /** Whether a token is a valid grant for the demand. Why it is not is deliberately not told. */
  public boolean accepts(String token, GrantDemand demand) {
    if (!COMPACT.matcher(token).matches()) {
      return false;
    }
    String[] parts = token.split("\\.", -1);
    if (Base64Url.decode(parts[2]).filter(s -> s.length == SIGNATURE).isEmpty()) {
      return false;
    }
    return object(parts[0])
        .filter(
            header ->
                HEADER.containsAll(header.properties().stream().map(m -> m.getKey()).toList()))
        .flatMap(this::key)
        .filter(key -> isSigned(token, key))
        .flatMap(key -> object(parts[1]))
        .filter(claims -> covers(claims, demand))
        .isPresent();
  }

  private Optional<GrantKey> key(JsonNode header) {
    return Optional.ofNullable(header.path("kid").textValue())
        .map(policy.keys()::get)
        .filter(key -> key.algorithm().equals(header.path("alg").textValue()));
  }

  private static boolean isSigned(String token, GrantKey key) {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setAlgorithmConstraints(
          new AlgorithmConstraints(ConstraintType.PERMIT, key.algorithm()));
      signature.setCompactSerialization(token);
      signature.setKey(key.key());
      return signature.verifySignature();
    } catch (JoseException | RuntimeException malformed) {
      return false;
    }
  }

  private boolean covers(JsonNode claims, GrantDemand demand) {
    boolean known = claims.properties().stream().allMatch(claim -> CLAIMS.contains(claim.getKey()));
    JsonNode bound = claims.get("proposal_digest");
    return known
        && policy.action().equals(claims.path("action").textValue())
        && demand.tenant().equals(claims.path("tenant").textValue())
        && (bound == null || demand.proposalDigest().equals(bound.textValue()))
        && instant(claims.get("exp")).filter(demand.evaluatedAt()::isBefore).isPresent()
        && (!claims.has("nbf")
            || instant(claims.get("nbf"))
                .filter(t -> !demand.evaluatedAt().isBefore(t))
                .isPresent());
  }

  /** A NumericDate (RFC 7519 section 2) in whole seconds within the years 1970 to 9999. */
  private static Optional<Instant> instant(JsonNode seconds) {
    boolean fits =
        seconds != null
            && seconds.isLong()
            && seconds.longValue() >= 0
            && seconds.longValue() <= 253_402_300_799L;
    return fits ? Optional.of(Instant.ofEpochSecond(seconds.longValue())) : Optional.empty();
  }

  private Optional<JsonNode> object(String part) {
    return Base64Url.decode(part)
        .map(text -> CanonicalJson.read(text, limits))
        .filter(JsonReading.Value.class::isInstance)
        .map(reading -> ((JsonReading.Value) reading).value())
        .filter(JsonNode::isObject);
  }
}
