package dev.nofate.gate.engine.authority;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The claims of a grant.
 *
 * @param action the action granted
 * @param tenant the tenant it is granted to
 * @param notBefore the first instant it holds, when stated
 * @param expires the first instant it does not hold any more
 * @param proposalDigest the one proposal it is bound to, when stated
 * @param parent {@code sha256:} of the compact form of the grant it is delegated from, when it is
 * @param delegate the key that may sign the next link; a grant with one authorises nothing itself
 * @param maxDepth links that may follow; 0 exactly when there is no delegate
 */
record GrantClaims(
    String action,
    String tenant,
    Optional<Instant> notBefore,
    Instant expires,
    Optional<String> proposalDigest,
    Optional<String> parent,
    Optional<GrantKey> delegate,
    int maxDepth) {

  private static final Set<String> NAMES =
      Set.of(
          "action",
          "tenant",
          "exp",
          "nbf",
          "proposal_digest",
          "parent",
          "cnf",
          "max_depth",
          "iss",
          "sub",
          "iat",
          "jti");

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /** The last second of the year 9999, in seconds since 1970. */
  private static final long LAST_SECOND = 253_402_300_799L;

  /** Reads claims; empty when one is absent, unknown or of another type. */
  static Optional<GrantClaims> read(JsonNode claims) {
    boolean known = claims.properties().stream().allMatch(claim -> NAMES.contains(claim.getKey()));
    Optional<Instant> notBefore = instant(claims.get("nbf"));
    Optional<Instant> expires = instant(claims.get("exp"));
    Optional<String> bound = text(claims, "proposal_digest");
    Optional<String> parent = text(claims, "parent").filter(d -> DIGEST.matcher(d).matches());
    Optional<GrantKey> delegate = delegate(claims);
    boolean delegates = claims.has("cnf");
    boolean wellFormed =
        known
            && text(claims, "action").isPresent()
            && text(claims, "tenant").isPresent()
            && expires.isPresent()
            && claims.has("nbf") == notBefore.isPresent()
            && claims.has("proposal_digest") == bound.isPresent()
            && claims.has("parent") == parent.isPresent()
            && delegates == delegate.isPresent()
            && delegates == isDepth(claims.get("max_depth"))
            && delegates == claims.has("max_depth");
    return wellFormed
        ? Optional.of(
            new GrantClaims(
                claims.get("action").textValue(),
                claims.get("tenant").textValue(),
                notBefore,
                expires.orElseThrow(),
                bound,
                parent,
                delegate,
                claims.path("max_depth").intValue()))
        : Optional.empty();
  }

  /** Whether these claims hold for a demand. */
  boolean cover(String demandedAction, GrantDemand demand) {
    return action.equals(demandedAction)
        && tenant.equals(demand.tenant())
        && proposalDigest.filter(bound -> !bound.equals(demand.proposalDigest())).isEmpty()
        && demand.evaluatedAt().isBefore(expires)
        && notBefore.filter(demand.evaluatedAt()::isBefore).isEmpty();
  }

  /**
   * Whether these claims state nothing wider than those they are delegated from. What they do not
   * state (the begin, the proposal) they inherit, since every link has to cover the demand.
   */
  boolean narrow(GrantClaims from) {
    return action.equals(from.action)
        && tenant.equals(from.tenant)
        && !expires.isAfter(from.expires)
        && notBefore.filter(begin -> from.notBefore.filter(begin::isBefore).isPresent()).isEmpty()
        && (proposalDigest.isEmpty()
            || from.proposalDigest.isEmpty()
            || proposalDigest.equals(from.proposalDigest))
        && maxDepth < from.maxDepth;
  }

  private static Optional<GrantKey> delegate(JsonNode claims) {
    JsonNode confirmation = claims.path("cnf");
    return confirmation.size() == 1
        ? Optional.ofNullable(confirmation.get("jwk")).flatMap(GrantKey::read)
        : Optional.empty();
  }

  private static boolean isDepth(JsonNode depth) {
    return depth != null && depth.isLong() && depth.longValue() >= 1 && depth.canConvertToInt();
  }

  /** A NumericDate (RFC 7519 section 2) in whole seconds within the years 1970 to 9999. */
  private static Optional<Instant> instant(JsonNode seconds) {
    boolean fits =
        seconds != null
            && seconds.isLong()
            && seconds.longValue() >= 0
            && seconds.longValue() <= LAST_SECOND;
    return fits ? Optional.of(Instant.ofEpochSecond(seconds.longValue())) : Optional.empty();
  }

  private static Optional<String> text(JsonNode claims, String name) {
    return Optional.ofNullable(claims.path(name).textValue());
  }
}
