package dev.nofate.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The data protection officer of the tour, and a stranger: each has an Ed25519 key made for this
 * run. Grants are compact JWS (RFC 7515, RFC 8037).
 */
final class GrantDesk {

  private static final String OFFICER = "officer";
  private static final String ACTION = "privacy.export";
  private static final int ED25519_BYTES = 32;

  private final String tenant;
  private final KeyPair officer;
  private final KeyPair stranger;

  GrantDesk(String tenant) {
    this.tenant = tenant;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      officer = generator.generateKeyPair();
      stranger = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
    }
  }

  /** The officer's public key as a JWK, for the ruleset. */
  ObjectNode officerKey() {
    byte[] encoded = officer.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
    return Json.MAPPER
        .createObjectNode()
        .put("kty", "OKP")
        .put("crv", "Ed25519")
        .put("kid", OFFICER)
        .put("x", base64url(point));
  }

  /** A compact JWS; the stranger claims the officer's key id. */
  String sign(Proposal.Grant grant, JsonNode proposal, Instant now) {
    ObjectNode header = Json.MAPPER.createObjectNode().put("alg", "EdDSA").put("kid", OFFICER);
    ObjectNode claims =
        Json.MAPPER
            .createObjectNode()
            .put("action", ACTION)
            .put("tenant", tenant)
            .put("exp", now.getEpochSecond() + grant.expiresInS());
    if (grant.bound()) {
      claims.put("proposal_digest", digest(proposal));
    }
    String signed = base64url(utf8(header.toString())) + "." + base64url(utf8(claims.toString()));
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign((grant.signer().equals(OFFICER) ? officer : stranger).getPrivate());
      signature.update(utf8(signed));
      return signed + "." + base64url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new CommandFailure("a grant cannot be signed", e);
    }
  }

  private static String digest(JsonNode proposal) {
    try {
      byte[] canonical = new JsonCanonicalizer(wrapped(proposal)).getEncodedUTF8();
      byte[] value = Arrays.copyOfRange(canonical, 1, canonical.length - 1);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(value);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (IOException | GeneralSecurityException e) {
      throw new CommandFailure("a proposal has no canonical form", e);
    }
  }

  /** The canonicalizer takes objects and arrays; a proposal may be any value. */
  private static String wrapped(JsonNode value) {
    return "[" + value + "]";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
