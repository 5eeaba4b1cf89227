package dev.nofate.gate.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Grants signed with published example keys: a ruleset's keys are those of RFC 8037 (A.1) and RFC
 * 7515 (A.3), delegates' keys those of RFC 8032 (7.1, test 2) and RFC 6979 (A.2.5).
 */
public final class TestGrants {

  public static final String ED25519_PUBLIC =
      """
      {"kty":"OKP","crv":"Ed25519","kid":"treasury-ed","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}\
      """;
  public static final String P256_PUBLIC =
      """
      {"kty":"EC","crv":"P-256","kid":"treasury-ec","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
      "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}\
      """;

  public static final String ED25519_DELEGATE =
      """
      {"kty":"OKP","crv":"Ed25519","kid":"agent-ed","x":"PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw"}\
      """;
  public static final String P256_DELEGATE =
      """
      {"kty":"EC","crv":"P-256","kid":"agent-ec","x":"YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y",\
      "y":"eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk"}\
      """;

  private static final String ED25519_SECRET = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
  private static final String P256_SECRET = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";

  private static final String ED25519_DELEGATE_SECRET =
      "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs";
  private static final String P256_DELEGATE_SECRET = "ya-p2EW6dRZrXCFXZ7HWk05Qw9s26JsSe4piKxIPZyE";

  private TestGrants() {}

  /** An EdDSA grant; the signature is deterministic. */
  public static String edDsa(String claims) {
    return sign(Map.of("alg", "EdDSA", "kid", "treasury-ed"), claims, ed25519());
  }

  /** An ES256 grant. */
  public static String es256(String claims) {
    return sign(Map.of("alg", "ES256", "kid", "treasury-ec"), claims, p256());
  }

  /** A JWS with any header. */
  public static String sign(Map<String, String> header, String claims, JsonWebKey key) {
    try {
      JsonWebSignature jws = new JsonWebSignature();
      new TreeMap<>(header).forEach(jws::setHeader);
      jws.setPayload(claims);
      jws.setKey(((PublicJsonWebKey) key).getPrivateKey());
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A JWS over two encoded parts as they stand, whatever they say. */
  public static String signRaw(String header, String payload, JsonWebKey key) {
    boolean edwards = key.getKeyType().equals("OKP");
    try {
      Signature signature =
          Signature.getInstance(edwards ? "Ed25519" : "SHA256withECDSAinP1363Format");
      signature.initSign(((PublicJsonWebKey) key).getPrivateKey());
      signature.update((header + "." + payload).getBytes(StandardCharsets.US_ASCII));
      return header
          + "."
          + payload
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static JsonWebKey ed25519() {
    return key(ED25519_PUBLIC, ED25519_SECRET);
  }

  public static JsonWebKey p256() {
    return key(P256_PUBLIC, P256_SECRET);
  }

  public static JsonWebKey ed25519Delegate() {
    return key(ED25519_DELEGATE, ED25519_DELEGATE_SECRET);
  }

  public static JsonWebKey p256Delegate() {
    return key(P256_DELEGATE, P256_DELEGATE_SECRET);
  }

  private static JsonWebKey key(String publicJwk, String secret) {
    try {
      Map<String, Object> members = JsonUtil.parseJson(publicJwk);
      members.put("d", secret);
      return JsonWebKey.Factory.newJwk(members);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
