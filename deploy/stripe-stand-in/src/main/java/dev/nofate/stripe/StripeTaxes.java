package dev.nofate.stripe;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Stripe Tax: no tax without a place of the customer's that it recognises. */
final class StripeTaxes {

  private static final String ENABLED = "automatic_tax[enabled]";

  private StripeTaxes() {}

  /** Whether tax is asked for and the customer has no address. */
  static boolean isRefused(Map<String, String> given, JsonObject customer) {
    return "true".equals(given.get(ENABLED)) && !hasPlace(customer);
  }

  static StripeAnswer refusal() {
    return StripeAnswer.refused(
        "customer_tax_location_invalid", "The customer's location isn't recognized");
  }

  /** A subscription with tax as asked for. */
  static JsonObject set(JsonObject subscription, Map<String, String> given) {
    return subscription.put(
        "automatic_tax", new JsonObject().put("enabled", Boolean.parseBoolean(given.get(ENABLED))));
  }

  /** A customer, with what is known for tax when that is asked for. */
  static JsonObject shown(JsonObject customer, Map<String, String> given) {
    return given.containsValue("tax")
        ? customer
            .copy()
            .put(
                "tax",
                new JsonObject()
                    .put(
                        "automatic_tax",
                        hasPlace(customer) ? "supported" : "unrecognized_location"))
        : customer;
  }

  private static boolean hasPlace(JsonObject customer) {
    JsonObject address = customer == null ? null : customer.getJsonObject("address");
    return address != null
        && address.getString("country") != null
        && address.getString("postal_code") != null;
  }
}
