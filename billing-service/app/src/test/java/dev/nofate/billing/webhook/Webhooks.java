package dev.nofate.billing.webhook;

import static io.restassured.RestAssured.given;

import com.stripe.net.Webhook;
import dev.nofate.embedded.PartsTestResource;
import io.restassured.response.ValidatableResponse;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;

/** Webhooks as Stripe sends them. */
final class Webhooks {

  private Webhooks() {}

  static String newEventId() {
    return "evt_" + UUID.randomUUID().toString().replace("-", "");
  }

  static String event(String id, String type) {
    return "{\"id\":\"%s\",\"object\":\"event\",\"type\":\"%s\",\"created\":1795946400,\"data\":{\"object\":{}}}"
        .formatted(id, type);
  }

  static ValidatableResponse send(String body) {
    return send(body, sign(body, Instant.now().getEpochSecond()));
  }

  static ValidatableResponse send(String body, String signature) {
    return given()
        .header("Stripe-Signature", signature)
        .contentType("application/json")
        .body(body)
        .post("/webhooks/stripe")
        .then();
  }

  static String sign(String body, long time) {
    return sign(body, time, PartsTestResource.STRIPE_WEBHOOK_SECRET);
  }

  static String sign(String body, long time, String secret) {
    try {
      return "t=%d,v1=%s"
          .formatted(time, Webhook.Util.computeHmacSha256(secret, time + "." + body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
