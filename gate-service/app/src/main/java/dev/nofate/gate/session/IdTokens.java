package dev.nofate.gate.session;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * Checks an ID token (OpenID Connect Core 1.0, 3.1.3.7): RS256 by a key of the issuer, {@code iss},
 * {@code aud}, {@code azp} where it is there, {@code exp}, {@code iat}, {@code sub}, and the {@code
 * nonce} of the sign-in that it is the answer to.
 */
@ApplicationScoped
public class IdTokens {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  private final SignedClaims tokens;

  IdTokens(SignedClaims tokens) {
    this.tokens = tokens;
  }

  /**
   * Somebody whom the issuer signed in.
   *
   * @param subject their id there
   * @param organization the id of the organization that they chose; empty when none
   */
  public record Person(String subject, Optional<String> organization) {}

  /** Whom the token is about, or empty when it is not good. */
  public Uni<Optional<Person>> verify(String token, String clientId, String nonce) {
    return tokens
        .read(token, checks -> checks.setExpectedAudience(clientId).setRequireIssuedAt())
        .map(found -> found.flatMap(claims -> person(claims, clientId, nonce)));
  }

  private static Optional<Person> person(JwtClaims claims, String clientId, String nonce) {
    try {
      String party = claims.getStringClaimValue("azp");
      String organization = claims.getStringClaimValue("org_id");
      boolean good =
          isSame(claims.getStringClaimValue("nonce"), nonce)
              && (party == null || party.equals(clientId))
              && ID.matcher(claims.getSubject()).matches()
              && (organization == null || ID.matcher(organization).matches());
      return good
          ? Optional.of(new Person(claims.getSubject(), Optional.ofNullable(organization)))
          : Optional.empty();
    } catch (MalformedClaimException e) {
      return Optional.empty();
    }
  }

  private static boolean isSame(String given, String expected) {
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
