package dev.nofate.gate.session;

import java.time.Instant;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * Reads the claims of a session token. Version 2 has the organization in {@code o}, version 1 in
 * {@code org_id} and {@code org_role}; a token is read in the version that it names, never in both.
 */
final class Claims {

  private static final String ROLE_PREFIX = "org:";

  private Claims() {}

  /**
   * The token's content.
   *
   * @throws MalformedClaimException when a claim is of another type
   */
  static SessionToken read(JwtClaims claims) throws MalformedClaimException {
    Map<?, ?> organization = organization(claims);
    return new SessionToken(
        claims.getSubject(),
        claims.getStringClaimValue("sid"),
        claims.getStringClaimValue("azp"),
        claims.getStringClaimValue("sts"),
        text(organization.get("id")),
        role(text(organization.get("rol"))),
        Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()));
  }

  private static Map<?, ?> organization(JwtClaims claims) throws MalformedClaimException {
    Object version = claims.getClaimValue("v");
    if (version instanceof Number number && number.longValue() == 2) {
      Map<?, ?> found = claims.getClaimValue("o", Map.class);
      return found == null ? Map.of() : found;
    }
    if (version != null && !(version instanceof Number number && number.longValue() == 1)) {
      throw new MalformedClaimException("the version of the claims is not known");
    }
    String id = claims.getStringClaimValue("org_id");
    String role = claims.getStringClaimValue("org_role");
    return id == null || role == null ? Map.of() : Map.of("id", id, "rol", role);
  }

  private static String role(String text) {
    return text != null && text.startsWith(ROLE_PREFIX)
        ? text.substring(ROLE_PREFIX.length())
        : text;
  }

  private static String text(Object value) throws MalformedClaimException {
    if (value != null && !(value instanceof String)) {
      throw new MalformedClaimException("a claim of the organization is no text");
    }
    return (String) value;
  }
}
