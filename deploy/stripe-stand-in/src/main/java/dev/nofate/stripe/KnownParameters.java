package dev.nofate.stripe;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters of each request that the suite makes; others are refused, as Stripe does. The list
 * is kept by hand from Stripe's API reference (docs.stripe.com/api): it holds what the suite sends,
 * not all that Stripe takes. A test of billing-service compares it with the parameter classes of
 * Stripe's library, which are generated from Stripe's own description of its API; that the suite
 * sends nothing else, the tests that talk to the stand-in say: they end without a refusal.
 */
public final class KnownParameters {

  /** A path that ends with a slash stands for everything below it. */
  private static final Map<String, Pattern> KNOWN =
      Map.ofEntries(
          known("GET /v1/prices/", ""),
          known("GET /v1/billing/meters/", "customer|start_time|end_time|limit"),
          known("POST /v1/billing/meter_events", "event_name|identifier|timestamp|payload\\[\\w+]"),
          known("GET /v1/customers/search", "query|limit"),
          known("GET /v1/customers", "limit|starting_after"),
          known("POST /v1/customers", "description|metadata\\[\\w+]"),
          known("POST /v1/customers/", "invoice_settings\\[default_payment_method]"),
          known("GET /v1/customers/", "expand\\[\\d+]"),
          known("POST /v1/subscriptions/", "automatic_tax\\[enabled]"),
          known("GET /v1/subscriptions", "customer|price|limit"),
          known("GET /v1/subscriptions/", ""),
          known(
              "POST /v1/subscriptions",
              "customer|items\\[0]\\[price]|billing_cycle_anchor_config\\[\\w+]"
                  + "|proration_behavior|automatic_tax\\[enabled]|metadata\\[\\w+]"),
          known(
              "GET /v1/invoices",
              "subscription|customer|created\\[gte]|status|limit|starting_after"),
          known("GET /v1/invoices/", "expand\\[\\d+]|limit|starting_after"),
          known("GET /v1/invoiceitems", "customer|created\\[gte]|limit|starting_after"),
          known("POST /v1/invoiceitems", "customer|amount|currency|description|metadata\\[\\w+]"),
          known(
              "POST /v1/checkout/sessions",
              "mode|customer|currency|success_url|cancel_url|billing_address_collection"
                  + "|customer_update\\[address]"),
          known("GET /v1/checkout/sessions/", ""),
          known("GET /v1/setup_intents/", ""),
          known("POST /v1/billing_portal/sessions", "customer|return_url|configuration"),
          known("GET /v2/core/events/", ""));

  private KnownParameters() {}

  /** Each request, and the outermost names of its parameters. */
  public static Map<String, Set<String>> names() {
    return KNOWN.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    Arrays.stream(entry.getValue().pattern().split("\\|"))
                        .filter(name -> !name.isEmpty())
                        .map(name -> name.replaceFirst("\\\\?\\[.*", ""))
                        .collect(Collectors.toSet())));
  }

  /** The first parameter that Stripe does not know; also when it does not know the request. */
  static Optional<String> unknown(String method, String path, Set<String> parameters) {
    String request = method + " " + path;
    Pattern known =
        KNOWN.entrySet().stream()
            .filter(
                entry ->
                    entry.getKey().endsWith("/")
                        ? request.startsWith(entry.getKey())
                        : request.equals(entry.getKey()))
            // The longest wins: a search is no customer.
            .max(java.util.Comparator.comparingInt(entry -> entry.getKey().length()))
            .map(Map.Entry::getValue)
            .orElse(null);
    if (known == null) {
      return Optional.of(request);
    }
    return parameters.stream().filter(name -> !known.matcher(name).matches()).findFirst();
  }

  private static Map.Entry<String, Pattern> known(String request, String parameters) {
    return Map.entry(request, Pattern.compile(parameters));
  }
}
