package dev.nofate.gate.engine.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.engine.TestGrants;
import dev.nofate.gate.engine.json.JsonLimits;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class GrantVerifierTest {

  private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
  private static final GrantDemand DEMAND = new GrantDemand("tenant-1", "sha256:abc", AT);
  private static final String CLAIMS = claims("\"exp\":%d".formatted(AT.getEpochSecond() + 1));

  private final GrantVerifier verifier =
      new GrantVerifier(
          new AuthorityPolicy(
              true, "wire", List.of(key(TestGrants.ED25519_PUBLIC), key(TestGrants.P256_PUBLIC))),
          JsonLimits.defaults(),
          4);

  @Test
  void acceptsAGrantOfEitherAlgorithm() {
    assertThat(accepts(TestGrants.edDsa(CLAIMS), DEMAND)).isTrue();
    assertThat(accepts(TestGrants.es256(CLAIMS), DEMAND)).isTrue();
  }

  @Test
  void refusesAGrantThatHasExpired() {
    String claims = claims("\"exp\":%d".formatted(AT.getEpochSecond()));
    assertThat(accepts(TestGrants.edDsa(claims), DEMAND)).isFalse();
  }

  @Test
  void acceptsAGrantFromTheInstantItBecomesValid() {
    String from = CLAIMS.replace("}", ",\"nbf\":%d}".formatted(AT.getEpochSecond()));
    String later = CLAIMS.replace("}", ",\"nbf\":%d}".formatted(AT.getEpochSecond() + 1));
    assertThat(accepts(TestGrants.edDsa(from), DEMAND)).isTrue();
    assertThat(accepts(TestGrants.edDsa(later), DEMAND)).isFalse();
  }

  @Test
  void refusesClaimsThatAreAbsentUnknownOrOfAnotherType() {
    String exp = "\"exp\":%d".formatted(AT.getEpochSecond() + 60);
    for (String claims :
        List.of(
            "{}",
            "[]",
            "1",
            "{\"action\":\"wire\",\"tenant\":\"tenant-1\"}",
            "{\"action\":\"wire\"," + exp + "}",
            "{\"tenant\":\"tenant-1\"," + exp + "}",
            claims(exp + ",\"scope\":\"all\""),
            claims("\"exp\":\"9999999999\""),
            claims("\"exp\":1e300"),
            claims("\"exp\":-1"),
            claims("\"exp\":1795432000.5"),
            claims(exp + ",\"nbf\":null"),
            claims(exp + ",\"proposal_digest\":null"),
            claims(exp + ",\"proposal_digest\":\"sha256:abd\""),
            claims(exp + ",\"action\":\"wire\""),
            CLAIMS + " x")) {
      assertThat(accepts(TestGrants.edDsa(claims), DEMAND)).as(claims).isFalse();
    }
  }

  @Test
  void bindsAGrantToTheProposalItNames() {
    String claims = CLAIMS.replace("}", ",\"proposal_digest\":\"sha256:abc\"}");
    assertThat(accepts(TestGrants.edDsa(claims), DEMAND)).isTrue();
    assertThat(accepts(TestGrants.edDsa(claims), new GrantDemand("tenant-1", "sha256:abd", AT)))
        .isFalse();
  }

  @Test
  void refusesHeadersThatConfuseKeyOrAlgorithm() throws JoseException {
    assertThat(
            accepts(
                TestGrants.sign(
                    Map.of("alg", "EdDSA", "kid", "treasury-ec"), CLAIMS, TestGrants.ed25519()),
                DEMAND))
        .isFalse();
    assertThat(
            accepts(
                TestGrants.sign(
                    Map.of("alg", "EdDSA", "kid", "unknown"), CLAIMS, TestGrants.ed25519()),
                DEMAND))
        .isFalse();
    assertThat(
            accepts(TestGrants.sign(Map.of("alg", "EdDSA"), CLAIMS, TestGrants.ed25519()), DEMAND))
        .isFalse();
    assertThat(
            accepts(
                TestGrants.sign(
                    Map.of("alg", "EdDSA", "kid", "treasury-ed", "jku", "https://example.org"),
                    CLAIMS,
                    TestGrants.ed25519()),
                DEMAND))
        .isFalse();
    assertThat(accepts(hmacUnderThePublicKey(), DEMAND)).isFalse();
  }

  @Test
  void refusesUnsignedAlteredAndTruncatedTokens() {
    String good = TestGrants.edDsa(CLAIMS);
    String[] parts = good.split("\\.", -1);
    String none = base64("{\"alg\":\"none\",\"kid\":\"treasury-ed\"}");
    for (String token :
        List.of(
            "",
            ".",
            "..",
            "...",
            parts[0],
            parts[0] + "." + parts[1],
            parts[0] + "." + parts[1] + ".",
            "." + parts[1] + "." + parts[2],
            none + "." + parts[1] + ".",
            none + "." + parts[1] + "." + parts[2],
            good + ".",
            good + "A",
            good + "=",
            good.substring(1),
            good.substring(0, good.length() - 2),
            " " + good,
            parts[0] + "." + base64(CLAIMS.replace("wire", "WIRE")) + "." + parts[2],
            parts[0] + "." + parts[1] + "." + parts[0],
            "\u0000.\u0000.\u0000",
            "a.b.c".repeat(1000))) {
      assertThat(accepts(token, DEMAND)).as(token).isFalse();
    }
  }

  @Test
  void readsOnlyPublicKeysOfTheTwoKinds() {
    String edwards = TestGrants.ED25519_PUBLIC;
    for (String jwk :
        List.of(
            "{}",
            "[]",
            "1",
            edwards.replace("\"kid\":\"treasury-ed\",", ""),
            edwards.replace("treasury-ed", ""),
            edwards.replace("}", ",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}"),
            edwards.replace("}", ",\"alg\":\"ES256\"}"),
            edwards.replace("}", ",\"use\":\"enc\"}"),
            edwards.replace("Ed25519", "X25519"),
            edwards.replace("Ed25519", "Ed448"),
            edwards.replaceAll("\"x\":\"[^\"]*\"", "\"x\":\"AA\""),
            edwards.replaceAll("\"x\":\"[^\"]*\"", "\"x\":1"),
            TestGrants.P256_PUBLIC.replace("P-256", "P-384"),
            TestGrants.P256_PUBLIC.replace("x_FEzRu9", "x_FEzRu8"),
            "{\"kty\":\"oct\",\"kid\":\"k\",\"k\":\"AAAA\"}",
            "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"AQAB\",\"e\":\"AQAB\"}")) {
      assertThat(GrantKey.read(json(jwk))).as(jwk).isEmpty();
    }
  }

  private boolean accepts(String token, GrantDemand demand) {
    return verifier.authorise(List.of(token), demand);
  }

  private static String hmacUnderThePublicKey() throws JoseException {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setHeader("alg", "HS256");
    jws.setHeader("kid", "treasury-ed");
    jws.setPayload(CLAIMS);
    jws.setKey(new HmacKey(key(TestGrants.ED25519_PUBLIC).key().getEncoded()));
    return jws.getCompactSerialization();
  }

  private static String claims(String more) {
    return "{\"action\":\"wire\",\"tenant\":\"tenant-1\"," + more + "}";
  }

  private static GrantKey key(String jwk) {
    return GrantKey.read(json(jwk)).orElseThrow();
  }

  private static com.fasterxml.jackson.databind.JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
