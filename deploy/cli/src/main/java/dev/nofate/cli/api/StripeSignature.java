package dev.nofate.cli.api;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The header with which Stripe signs webhooks: HMAC-SHA-256 over time and body (scheme {@code v1}).
 */
public final class StripeSignature {

  /** Name of the header. */
  public static final String HEADER = "Stripe-Signature";

  private static final String ALGORITHM = "HmacSHA256";

  private StripeSignature() {}

  /** {@code t=<seconds>,v1=<hex>} for a body sent at this time. */
  public static String of(String secret, Instant at, String body) {
    String signed = at.getEpochSecond() + "." + body;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] hash = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
