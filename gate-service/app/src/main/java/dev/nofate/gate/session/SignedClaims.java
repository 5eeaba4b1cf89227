package dev.nofate.gate.session;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/** What every token of the issuer is checked for: RS256 by one of its keys, iss, sub and exp. */
@ApplicationScoped
class SignedClaims {

  private final SigningKeys keys;
  private final ClerkConfig config;
  private final InstantSource clock;

  SignedClaims(SigningKeys keys, ClerkConfig config, InstantSource clock) {
    this.keys = keys;
    this.config = config;
    this.clock = clock;
  }

  /**
   * The claims of a token; empty when it is not good.
   *
   * @param demands what this kind of token is checked for beyond that
   */
  Uni<Optional<JwtClaims>> read(String token, UnaryOperator<JwtConsumerBuilder> demands) {
    if (config.issuer().isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return keyId(token)
        .map(id -> keys.find(id).map(key -> key.flatMap(found -> read(token, found, demands))))
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

  private Optional<JwtClaims> read(
      String token, PublicKey key, UnaryOperator<JwtConsumerBuilder> demands) {
    JwtConsumerBuilder checks =
        new JwtConsumerBuilder()
            .setVerificationKey(key)
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256))
            .setExpectedIssuer(config.issuer().orElseThrow())
            .setRequireSubject()
            .setRequireExpirationTime()
            .setAllowedClockSkewInSeconds((int) config.clockSkew().toSeconds())
            .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()));
    try {
      return Optional.of(demands.apply(checks).build().processToClaims(token));
    } catch (InvalidJwtException e) {
      return Optional.empty();
    }
  }
}
