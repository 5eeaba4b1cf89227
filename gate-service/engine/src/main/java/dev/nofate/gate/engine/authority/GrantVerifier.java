package dev.nofate.gate.engine.authority;

import dev.nofate.gate.engine.json.JsonLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies grants: compact JWS (RFC 7515) whose payload is a JSON object of claims.
 *
 * <p>The header carries {@code alg}, {@code kid} and at most {@code typ}. Claims: {@code action},
 * {@code tenant}, {@code exp} (required); {@code nbf}, {@code proposal_digest} (when present, they
 * bind); {@code iss}, {@code sub}, {@code iat}, {@code jti} (carried, not judged). Anything else is
 * refused, as is anything that is no strict JSON.
 *
 * <p>A grant without {@code parent} is signed by a key of the ruleset. One with {@code cnf} (RFC
 * 7800: {@code {"jwk": …}}) and {@code max_depth} is handed on: it authorises nothing itself, and
 * the key it names may sign up to that many further links. A delegated grant names the one before
 * it by digest as {@code parent}, which stands in the same request, and states nothing wider.
 */
public final class GrantVerifier {

  private final AuthorityPolicy policy;
  private final JsonLimits limits;
  private final int delegations;

  /**
   * A verifier for one ruleset.
   *
   * @param delegations links that may follow a grant signed by a key of the ruleset
   */
  public GrantVerifier(AuthorityPolicy policy, JsonLimits limits, int delegations) {
    this.policy = policy;
    this.limits = limits;
    this.delegations = delegations;
  }

  /**
   * Whether one of the tokens is a valid grant for the demand, the others being links of its chain
   * or nothing. Why none is, is deliberately not told. A signature is looked at once a token at
   * most: each token has one possible signer, and the chains grow from their roots.
   */
  public boolean authorise(List<String> tokens, GrantDemand demand) {
    List<Grant> grants =
        tokens.stream()
            .distinct()
            .flatMap(token -> Grant.read(token, limits).stream())
            .filter(grant -> grant.claims().cover(policy.action(), demand))
            .toList();
    Map<String, Grant> parents = new HashMap<>();
    List<Grant> proven = grants.stream().filter(this::isRoot).toList();
    for (int depth = 0; depth < delegations && !endsAChain(proven); depth++) {
      parents.clear();
      proven.forEach(link -> parents.put(link.digest(), link));
      proven = grants.stream().filter(grant -> follows(grant, parents)).toList();
    }
    return endsAChain(proven);
  }

  private boolean isRoot(Grant grant) {
    return grant.claims().parent().isEmpty()
        && grant.claims().maxDepth() <= delegations
        && Optional.ofNullable(policy.keys().get(grant.keyId()))
            .filter(grant::isSignedBy)
            .isPresent();
  }

  private static boolean follows(Grant grant, Map<String, Grant> parents) {
    return grant
        .claims()
        .parent()
        .map(parents::get)
        .filter(parent -> grant.claims().narrow(parent.claims()))
        .flatMap(parent -> parent.claims().delegate())
        .filter(grant::isSignedBy)
        .isPresent();
  }

  private static boolean endsAChain(List<Grant> proven) {
    return proven.stream().anyMatch(grant -> grant.claims().delegate().isEmpty());
  }
}
