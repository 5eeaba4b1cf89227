package dev.nofate.kit.servicetoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTokenVerifierTest {

  private static final String LOCAL = "nofate-local";
  private static final String CLUSTER = "https://kubernetes.default.svc";

  @TempDir Path folder;

  private RsaJsonWebKey audit;
  private RsaJsonWebKey meter;
  private Path jwks;

  @BeforeEach
  void twoServicesWithKeys() throws Exception {
    audit = key("audit-service");
    meter = key("meter-worker");
    jwks =
        Files.writeString(
            folder.resolve("jwks.json"),
            "{\"keys\":[%s,%s]}"
                .formatted(
                    audit.toJson(OutputControlLevel.PUBLIC_ONLY),
                    meter.toJson(OutputControlLevel.PUBLIC_ONLY)));
  }

  @Test
  void aTokenSpeaksForItsService() {
    assertThat(verify(local(), sign(claims("audit-service"), audit))).isEqualTo("audit-service");
  }

  @Test
  void whatSpeaksForNobodyIsRefused() throws Exception {
    Instant now = Instant.now();
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put(
        "expired",
        sign(
            claims("audit-service")
                .issuedAt(now.minusSeconds(600))
                .expiresAt(now.minusSeconds(300)),
            audit));
    tokens.put("without an end", endless());
    tokens.put("another audience", sign(claims("audit-service").audience("other"), audit));
    tokens.put("no audience", sign(claims("audit-service").remove("aud"), audit));
    tokens.put("another issuer", sign(claims("audit-service").issuer("elsewhere"), audit));
    tokens.put("no subject", sign(claims("audit-service").remove("sub"), audit));
    tokens.put("a subject that is no service", sign(claims("../audit"), audit));
    tokens.put("another service's key", sign(claims("audit-service"), meter));
    tokens.put("an unknown key", sign(claims("audit-service"), key("audit-service")));
    tokens.put("an unknown key id", sign(claims("nobody-service"), key("nobody-service")));
    tokens.put(
        "the public key as a shared secret",
        claims("audit-service")
            .jws()
            .algorithm(SignatureAlgorithm.HS256)
            .keyId("audit-service")
            .sign(new SecretKeySpec(audit.getPublicKey().getEncoded(), "HmacSHA256")));
    String[] parts = sign(claims("audit-service"), audit).split("\\.");
    String none = base64("{\"alg\":\"none\",\"kid\":\"audit-service\"}");
    tokens.put("alg none without a signature", none + "." + parts[1] + ".");
    tokens.put("alg none with a signature", none + "." + parts[1] + "." + parts[2]);
    tokens.put("a changed payload", parts[0] + "." + base64("{\"sub\":\"x\"}") + "." + parts[2]);
    tokens.put("no token", "nonsense");
    tokens.put("nothing", "");
    tokens.forEach(
        (what, token) ->
            assertThatThrownBy(() -> verify(local(), token), what)
                .isInstanceOf(AuthenticationFailedException.class));
  }

  @Test
  void inAClusterTheSubjectIsTheServiceAccountOfTheNamespace() {
    ServiceTokenVerifier verifier = cluster("system:serviceaccount:no-fate:");
    JwtClaimsBuilder ours = claims("system:serviceaccount:no-fate:audit-service").issuer(CLUSTER);
    // The cluster signs for all, so its key id says nothing.
    assertThat(verify(verifier, sign(ours, meter))).isEqualTo("audit-service");
    for (String subject :
        new String[] {
          "system:serviceaccount:other:audit-service",
          "audit-service",
          "system:serviceaccount:no-fate:",
          "system:serviceaccount:no-fate:a:b"
        }) {
      assertThatThrownBy(() -> verify(verifier, sign(claims(subject).issuer(CLUSTER), meter)))
          .as(subject)
          .isInstanceOf(AuthenticationFailedException.class);
    }
  }

  @Test
  void withoutKeysNobodyIsTrusted() {
    ServiceTokenVerifier verifier =
        new ServiceTokenVerifier(new Settings(Optional.empty(), LOCAL, ""), new ObjectMapper());
    assertThatThrownBy(() -> verify(verifier, sign(claims("audit-service"), audit)))
        .isInstanceOf(AuthenticationFailedException.class);
  }

  private ServiceTokenVerifier local() {
    return new ServiceTokenVerifier(
        new Settings(Optional.of(jwks.toString()), LOCAL, ""), new ObjectMapper());
  }

  private ServiceTokenVerifier cluster(String prefix) {
    return new ServiceTokenVerifier(
        new Settings(Optional.of(jwks.toString()), CLUSTER, prefix), new ObjectMapper());
  }

  private static String verify(ServiceTokenVerifier verifier, String token) {
    return verifier.verify(token).await().atMost(Duration.ofSeconds(20));
  }

  private static JwtClaimsBuilder claims(String subject) {
    Instant now = Instant.now();
    return Jwt.claims()
        .issuer(LOCAL)
        .subject(subject)
        .audience("nofate")
        .issuedAt(now)
        .expiresAt(now.plusSeconds(60));
  }

  private static String sign(JwtClaimsBuilder claims, RsaJsonWebKey key) {
    return claims.jws().keyId(key.getKeyId()).sign(key.getPrivateKey());
  }

  /** The builder of tokens adds an end to every one, so this one is made by hand. */
  private String endless() throws JoseException {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue("RS256");
    jws.setKeyIdHeaderValue("audit-service");
    jws.setKey(audit.getPrivateKey());
    jws.setPayload(
        "{\"iss\":\"%s\",\"sub\":\"audit-service\",\"aud\":\"nofate\",\"iat\":%d}"
            .formatted(LOCAL, Instant.now().getEpochSecond()));
    return jws.getCompactSerialization();
  }

  private static RsaJsonWebKey key(String id) throws JoseException, IOException {
    RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
    key.setKeyId(id);
    return key;
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private record Settings(Optional<String> jwks, String issuer, String prefix)
      implements ServiceTokenConfig {
    @Override
    public Optional<String> keyFile() {
      return Optional.empty();
    }

    @Override
    public Optional<String> tokenFile() {
      return Optional.empty();
    }

    @Override
    public Optional<String> subjectPrefix() {
      return Optional.of(prefix);
    }

    @Override
    public Duration lifetime() {
      return Duration.ofMinutes(5);
    }

    @Override
    public Duration reread() {
      return Duration.ofSeconds(30);
    }

    @Override
    public int verifiedTokens() {
      return 10;
    }
  }
}
