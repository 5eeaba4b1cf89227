package dev.nofate.gate.session;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * Checks a session token: RS256 by a key of the issuer, {@code iss}, {@code exp}, {@code nbf},
 * {@code sub}, {@code azp} among the allowed origins, {@code sts} not pending. {@code sid} has to
 * be there: it tells a session's token from other tokens that the same issuer signs.
 */
@ApplicationScoped
class TokenVerifier {

  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final SignedClaims tokens;
  private final Set<String> parties;

  TokenVerifier(SignedClaims tokens, ClerkConfig config) {
    this.tokens = tokens;
    this.parties = Set.copyOf(config.authorizedParties().orElse(List.of()));
  }

  /** What the token says, or empty when it is not good. */
  Uni<Optional<SessionToken>> verify(String token) {
    return tokens
        .read(token, checks -> checks.setRequireNotBefore().setSkipDefaultAudienceValidation())
        .map(found -> found.flatMap(this::session));
  }

  private Optional<SessionToken> session(JwtClaims claims) {
    try {
      return Optional.of(Claims.read(claims)).filter(this::isOurs);
    } catch (MalformedClaimException e) {
      return Optional.empty();
    }
  }

  private boolean isOurs(SessionToken token) {
    return ID.matcher(token.subject()).matches()
        && token.sessionId() != null
        && ID.matcher(token.sessionId()).matches()
        && token.party() != null
        && parties.contains(token.party())
        && (token.status() == null || token.status().equals("active"));
  }
}
