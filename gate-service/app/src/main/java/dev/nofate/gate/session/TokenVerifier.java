package dev.nofate.gate.session;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/**
 * Checks a session token: RS256 by a key of the issuer, {@code iss}, {@code exp}, {@code nbf},
 * {@code sub}, {@code azp} among the allowed origins, {@code sts} not pending. {@code sid} has to
 * be there: it tells a session's token from other tokens that the same issuer signs.
 */
@ApplicationScoped
class TokenVerifier {

  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final SigningKeys keys;
  private final ClerkConfig config;
  private final InstantSource clock;
  private final Set<String> parties;

  TokenVerifier(SigningKeys keys, ClerkConfig config, InstantSource clock) {
    this.keys = keys;
    this.config = config;
    this.clock = clock;
    this.parties = Set.copyOf(config.authorizedParties().orElse(List.of()));
  }

  /** What the token says, or empty when it is not good. */
  Uni<Optional<SessionToken>> verify(String token) {
    if (config.issuer().isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return keyId(token)
        .map(id -> keys.find(id).map(key -> key.flatMap(found -> read(token, found))))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private static Optional<String> keyId(String token) {
    try {
      return JsonWebStructure.fromCompactSerialization(token) instanceof JsonWebSignature signed
              && AlgorithmIdentifiers.RSA_USING_SHA256.equals(signed.getAlgorithmHeaderValue())
          ? Optional.ofNullable(signed.getKeyIdHeaderValue())
          : Optional.empty();
    } catch (JoseException e) {
      return Optional.empty();
    }
  }

  private Optional<SessionToken> read(String token, PublicKey key) {
    try {
      return Optional.of(
              Claims.read(
                  new JwtConsumerBuilder()
                      .setVerificationKey(key)
                      .setJwsAlgorithmConstraints(
                          new AlgorithmConstraints(
                              ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256))
                      .setExpectedIssuer(config.issuer().orElseThrow())
                      .setRequireSubject()
                      .setRequireExpirationTime()
                      .setRequireNotBefore()
                      .setSkipDefaultAudienceValidation()
                      .setAllowedClockSkewInSeconds((int) config.clockSkew().toSeconds())
                      .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                      .build()
                      .processToClaims(token)))
          .filter(this::isOurs);
    } catch (InvalidJwtException | MalformedClaimException e) {
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
