package dev.nofate.gate.engine;

import java.util.Map;
import java.util.TreeMap;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Grants signed with the published example keys of RFC 8037 (A.1) and RFC 7515 (A.3). */
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

  private static final String ED25519_SECRET = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
  private static final String P256_SECRET = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";

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

  public static JsonWebKey ed25519() {
    return key(ED25519_PUBLIC, ED25519_SECRET);
  }

  public static JsonWebKey p256() {
    return key(P256_PUBLIC, P256_SECRET);
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
