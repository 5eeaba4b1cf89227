package dev.nofate.gate.engine.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.engine.TestGrants;
import dev.nofate.gate.engine.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens that are no grant although somebody took pains, under either algorithm. */
class GrantFormTest {

  private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
  private static final GrantDemand DEMAND = new GrantDemand("tenant-1", "sha256:abc", AT);
  private static final String CLAIMS =
      "{\"action\":\"wire\",\"tenant\":\"tenant-1\",\"exp\":%d}"
          .formatted(AT.getEpochSecond() + 60);

  private final GrantVerifier verifier =
      new GrantVerifier(
          new AuthorityPolicy(true, "wire", List.of(Signer.EDDSA.key(), Signer.ES256.key())),
          JsonLimits.defaults(),
          4);

  @ParameterizedTest
  @EnumSource
  void theUnalteredTokenIsAGrant(Signer signer) {
    assertThat(accepts(signer.root(CLAIMS))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void anAlgorithmOtherThanTheKeysIsRefused(Signer signer) {
    String[] good = signer.root(CLAIMS).split("\\.", -1);
    for (String algorithm :
        List.of(
            signer.other().algorithm,
            "none",
            "None",
            "HS256",
            "RS256",
            "ES384",
            "ES256K",
            "Ed25519",
            "EDDSA",
            "es256",
            "",
            " " + signer.algorithm)) {
      String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + signer.kid() + "\"}";
      assertThat(accepts(base64(header) + "." + good[1] + "." + good[2])).as(algorithm).isFalse();
      assertThat(accepts(base64(header) + "." + good[1] + ".")).as(algorithm).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPublicKeyIsNoSharedSecret(Signer signer) throws JoseException {
    byte[] encoded = signer.key().key().getEncoded();
    for (byte[] secret :
        List.of(
            encoded,
            java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length),
            signer.publicJwk.getBytes(StandardCharsets.UTF_8))) {
      JsonWebSignature jws = new JsonWebSignature();
      jws.setHeader("alg", "HS256");
      jws.setHeader("kid", signer.kid());
      jws.setPayload(CLAIMS);
      jws.setKey(new HmacKey(secret));
      jws.setDoKeyValidation(false);
      assertThat(accepts(jws.getCompactSerialization())).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHeaderThatBringsAKeyOrDemandsMoreIsRefused(Signer signer) {
    for (String member :
        List.of(
            "\"crit\":[\"exp\"]",
            "\"crit\":[]",
            "\"b64\":false,\"crit\":[\"b64\"]",
            "\"jwk\":" + signer.delegateJwk,
            "\"jwk\":" + signer.publicJwk,
            "\"jku\":\"https://example.org/keys\"",
            "\"x5u\":\"https://example.org/chain\"",
            "\"x5c\":[\"MIIB\"]",
            "\"x5t\":\"AA\"",
            "\"cty\":\"JWT\"",
            "\"kid\":\"" + signer.kid() + "\"")) {
      String header =
          "{\"alg\":\"%s\",\"kid\":\"%s\",%s}".formatted(signer.algorithm, signer.kid(), member);
      assertThat(accepts(signed(signer, header))).as(member).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatIsNotNamedRightIsNotFound(Signer signer) {
    for (String kid :
        List.of("\"unknown\"", "\"\"", "1", "null", "[\"" + signer.kid() + "\"]", "{}")) {
      String header = "{\"alg\":\"%s\",\"kid\":%s}".formatted(signer.algorithm, kid);
      assertThat(accepts(signed(signer, header))).as(kid).isFalse();
    }
    assertThat(accepts(signed(signer, "{\"alg\":\"" + signer.algorithm + "\"}"))).isFalse();
    assertThat(accepts(signed(signer, "{\"kid\":\"" + signer.kid() + "\"}"))).isFalse();
    String others =
        "{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(signer.algorithm, signer.other().kid());
    assertThat(accepts(signed(signer, others))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void theHelperOfTheseTestsSignsWhatItIsGiven(Signer signer) {
    String header = "{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(signer.algorithm, signer.kid());
    assertThat(accepts(signed(signer, header))).isTrue();
    assertThat(accepts(signed(signer, header.replace("}", ",\"typ\":\"JWT\"}")))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aTokenCutShortOrLongerIsRefused(Signer signer) {
    String good = signer.root(CLAIMS);
    for (int length = 0; length < good.length(); length++) {
      assertThat(accepts(good.substring(0, length))).as("%d characters", length).isFalse();
    }
    for (String tail : List.of("A", "AA", "=", "==", ".", ".A", " ", "\n", "\u0000")) {
      assertThat(accepts(good + tail)).isFalse();
      assertThat(accepts(tail + good)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void signaturesThatWouldFitAnyMessageAreRefused(Signer signer) {
    String[] good = signer.root(CLAIMS).split("\\.", -1);
    for (int first : List.of(0, 1, 127, 255)) {
      byte[] signature = new byte[64];
      signature[0] = (byte) first;
      assertThat(accepts(good[0] + "." + good[1] + "." + base64(signature))).isFalse();
      signature[32] = (byte) first;
      assertThat(accepts(good[0] + "." + good[1] + "." + base64(signature))).isFalse();
    }
  }

  private boolean accepts(String token) {
    return verifier.authorise(List.of(token), DEMAND);
  }

  /** Signs any header text, as it stands, with the ruleset's key. */
  private static String signed(Signer signer, String header) {
    return TestGrants.signRaw(base64(header), base64(CLAIMS), signer.secret);
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
