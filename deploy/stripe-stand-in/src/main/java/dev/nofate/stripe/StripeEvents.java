package dev.nofate.stripe;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What Stripe posts to a webhook endpoint, in the shapes of several API versions. */
public final class StripeEvents {

  /** How an invoice's payload is shaped. */
  public enum ApiVersion {
    /** Before 2025: members that went away later. */
    V2024_06_20("2024-06-20"),
    /** Since 2025: a parent, and payments as a list. */
    CLOVER("2025-10-29.clover");

    private final String text;

    ApiVersion(String text) {
      this.text = text;
    }
  }

  private StripeEvents() {}

  /** A snapshot event about an object as it is now. */
  public static JsonObject snapshot(String type, JsonObject object, ApiVersion version) {
    JsonObject shown = object.copy();
    if ("invoice".equals(object.getString("object"))) {
      shape(shown, version);
    }
    return new JsonObject()
        .put("id", "evt_" + id())
        .put("object", "event")
        .put("api_version", version.text)
        .put("type", type)
        .put("created", Instant.now().getEpochSecond())
        .put("livemode", false)
        .put("pending_webhooks", 1)
        .put("data", new JsonObject().put("object", shown));
  }

  private static void shape(JsonObject invoice, ApiVersion version) {
    if (version == ApiVersion.V2024_06_20) {
      invoice.remove("payments");
      invoice
          .put("paid", "paid".equals(invoice.getString("status")))
          .put("subscription", "sub_of_" + invoice.getString("customer"))
          .put("payment_intent", "pi_1");
    } else {
      invoice.put("parent", new JsonObject().put("type", "subscription_details"));
    }
  }

  /** A thin event: what it says is asked for under its id. */
  public static JsonObject thin(String type, String meter) {
    JsonObject event =
        new JsonObject()
            .put("id", "evt_" + id())
            .put("object", "v2.core.event")
            .put("type", type)
            .put("created", Instant.now().toString())
            .put("livemode", false);
    return meter == null
        ? event
        : event.put(
            "related_object",
            new JsonObject()
                .put("id", meter)
                .put("type", "billing.meter")
                .put("url", "/v1/billing/meters/" + meter));
  }

  /** The whole of a thin event, as it is answered when it is asked for. */
  public static JsonObject whole(JsonObject thin, String code, List<String> identifiers) {
    JsonArray samples = new JsonArray();
    identifiers.forEach(
        identifier ->
            samples.add(
                new JsonObject()
                    .put("error_message", "told to nobody")
                    .put("request", new JsonObject().put("identifier", identifier))));
    return thin.copy()
        .put(
            "data",
            new JsonObject()
                .put("developer_message_summary", "There are invalid events")
                .put(
                    "reason",
                    new JsonObject()
                        .put("error_count", identifiers.size())
                        .put(
                            "error_types",
                            new JsonArray()
                                .add(
                                    new JsonObject()
                                        .put("code", code)
                                        .put("error_count", identifiers.size())
                                        .put("sample_errors", samples)))));
  }

  private static String id() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
