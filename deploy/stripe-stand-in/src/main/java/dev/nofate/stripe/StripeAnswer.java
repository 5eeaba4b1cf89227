package dev.nofate.stripe;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** An answer of Stripe. */
record StripeAnswer(int status, JsonObject body, boolean replayed) {

  StripeAnswer(int status, JsonObject body) {
    this(status, body, false);
  }

  /** The same, given again under the same key. */
  StripeAnswer again() {
    return new StripeAnswer(status, body, true);
  }

  static StripeAnswer ok(JsonObject body) {
    return new StripeAnswer(200, body);
  }

  static StripeAnswer list(List<JsonObject> data) {
    return ok(
        new JsonObject()
            .put("object", "list")
            .put("has_more", false)
            .put("data", new JsonArray(data)));
  }

  /** An error object as Stripe's. */
  static StripeAnswer error(int status, String type, String code, String message) {
    return new StripeAnswer(
        status,
        new JsonObject()
            .put(
                "error",
                new JsonObject().put("type", type).put("code", code).put("message", message)));
  }

  static StripeAnswer refused(String code, String message) {
    return error(400, "invalid_request_error", code, message);
  }

  static StripeAnswer missing() {
    return error(404, "invalid_request_error", "resource_missing", "No such object");
  }
}
