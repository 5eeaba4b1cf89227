package dev.nofate.gate.engine.authority;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.engine.TestGrants;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;

/** Either algorithm with a key of the ruleset and a key of a delegate. */
enum Signer {
  EDDSA(
      "EdDSA",
      TestGrants.ED25519_PUBLIC,
      TestGrants.ed25519(),
      TestGrants.ED25519_DELEGATE,
      TestGrants.ed25519Delegate()),
  ES256(
      "ES256",
      TestGrants.P256_PUBLIC,
      TestGrants.p256(),
      TestGrants.P256_DELEGATE,
      TestGrants.p256Delegate());

  final String algorithm;
  final String publicJwk;
  final JsonWebKey secret;
  final String delegateJwk;
  final JsonWebKey delegateSecret;

  Signer(
      String algorithm,
      String publicJwk,
      JsonWebKey secret,
      String delegateJwk,
      JsonWebKey delegateSecret) {
    this.algorithm = algorithm;
    this.publicJwk = publicJwk;
    this.secret = secret;
    this.delegateJwk = delegateJwk;
    this.delegateSecret = delegateSecret;
  }

  /** A grant signed by the ruleset's key. */
  String root(String claims) {
    return TestGrants.sign(header(secret), claims, secret);
  }

  /** A grant signed by the delegate's key. */
  String delegated(String claims) {
    return TestGrants.sign(header(delegateSecret), claims, delegateSecret);
  }

  String kid() {
    return secret.getKeyId();
  }

  GrantKey key() {
    return key(publicJwk);
  }

  static GrantKey key(String jwk) {
    try {
      return GrantKey.read(new ObjectMapper().readTree(jwk)).orElseThrow();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  Signer other() {
    return this == EDDSA ? ES256 : EDDSA;
  }

  private Map<String, String> header(JsonWebKey key) {
    return Map.of("alg", algorithm, "kid", key.getKeyId());
  }
}
