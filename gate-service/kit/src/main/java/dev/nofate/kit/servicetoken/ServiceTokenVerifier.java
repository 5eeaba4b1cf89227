package dev.nofate.kit.servicetoken;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Checks a service token: RS256 by a key of the configured JWK set, issuer, audience {@code
 * nofate}, expiry, and that the subject names a service. With locally made keys the key id has to
 * be the subject, so that one service's key cannot speak for another.
 */
@ApplicationScoped
public class ServiceTokenVerifier {

  private static final String LOCAL_ISSUER = "nofate-local";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private record Verified(String service, Instant expiresAt) {}

  private final ServiceTokenConfig config;
  private final ObjectMapper json;
  private final Optional<JWTParser> parser;
  private final Cache<String, Verified> verified;

  public ServiceTokenVerifier(ServiceTokenConfig config, ObjectMapper json) {
    this.config = config;
    this.json = json;
    this.parser = config.jwks().map(location -> parser(config, location));
    this.verified = Caffeine.newBuilder().maximumSize(config.verifiedTokens()).build();
  }

  /**
   * The name of the service that the token speaks for.
   *
   * @return fails with {@link AuthenticationFailedException} when the token is not good
   */
  public Uni<String> verify(String token) {
    Verified known = verified.getIfPresent(token);
    if (known != null && Instant.now().isBefore(known.expiresAt())) {
      return Uni.createFrom().item(known.service());
    }
    // Reading a JWK set may block, so it is kept off the event loop.
    return Uni.createFrom()
        .item(() -> check(token))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private String check(String token) {
    try {
      JsonWebToken jwt = parser.orElseThrow(AuthenticationFailedException::new).parse(token);
      String service = service(jwt.getSubject());
      if (LOCAL_ISSUER.equals(jwt.getIssuer()) && !service.equals(keyId(token))) {
        throw new AuthenticationFailedException();
      }
      verified.put(token, new Verified(service, Instant.ofEpochSecond(jwt.getExpirationTime())));
      return service;
    } catch (ParseException | IOException e) {
      throw new AuthenticationFailedException();
    }
  }

  private String service(String subject) {
    String prefix = config.subjectPrefix().orElse("");
    if (subject == null || !subject.startsWith(prefix)) {
      throw new AuthenticationFailedException();
    }
    String name = subject.substring(prefix.length());
    if (!NAME.matcher(name).matches()) {
      throw new AuthenticationFailedException();
    }
    return name;
  }

  private String keyId(String token) throws IOException {
    byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
    return json.readTree(header).path("kid").asText();
  }

  private static JWTParser parser(ServiceTokenConfig config, String location) {
    JWTAuthContextInfo info = new JWTAuthContextInfo();
    info.setPublicKeyLocation(location.contains(":") ? location : "file:" + location);
    info.setIssuedBy(config.issuer());
    info.setExpectedAudience(Set.of(ServiceTokens.AUDIENCE));
    info.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256));
    return new DefaultJWTParser(info);
  }
}
