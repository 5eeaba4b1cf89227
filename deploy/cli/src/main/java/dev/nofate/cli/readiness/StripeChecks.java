package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.needsPerson;
import static dev.nofate.cli.readiness.Outcome.verified;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.readiness.Http.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Stripe says of the account, asked with the deployment's own key. Nothing is written there.
 */
record StripeChecks(Deployment deployment, Http http) implements Register.Family {

  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final String BASE = "https://api.stripe.com";

  /** The events billing-service acts on. */
  private static final List<String> EVENTS =
      List.of(
          "invoice.created",
          "invoice.finalized",
          "invoice.paid",
          "invoice.payment_failed",
          "invoice.payment_action_required",
          "invoice.voided",
          "invoice.marked_uncollectible",
          "invoice.overdue");

  @Override
  public void enter(Register register) {
    register
        .line("stripe-account", this::account)
        .line("stripe-price", this::price)
        .line("stripe-endpoint", this::endpoint)
        .line("stripe-tax", this::tax)
        .line("portal", this::portal);
  }

  private Outcome account() {
    JsonNode account = ask("/v1/account");
    List<String> missing = new ArrayList<>();
    for (String member : List.of("charges_enabled", "payouts_enabled", "details_submitted")) {
      if (!account.path(member).asBoolean()) {
        missing.add(member);
      }
    }
    boolean live = key().contains("_live_");
    if (!live) {
      missing.add("a live key");
    }
    return missing.isEmpty()
        ? verified(
            "Account %s: live key, charges and payouts enabled.", account.path("id").asText())
        : failed(
            "Account %s is without: %s.", account.path("id").asText(), String.join(", ", missing));
  }

  private Outcome price() {
    key();
    String id = deployment.settings().need(Settings.BILLING, "STRIPE_METERED_PRICE_ID");
    JsonNode price = ask("/v1/prices/" + id);
    List<String> faults = new ArrayList<>();
    if (!price.path("active").asBoolean()) {
      faults.add("it is not active");
    }
    if (!"metered".equals(price.at("/recurring/usage_type").asText())) {
      faults.add("it is not metered");
    }
    String meterId = price.at("/recurring/meter").asText();
    if (meterId.isEmpty() || "null".equals(meterId)) {
      faults.add("it has no meter");
    } else {
      JsonNode meter = ask("/v1/billing/meters/" + meterId);
      if (!"active".equals(meter.path("status").asText())) {
        faults.add("its meter is " + meter.path("status").asText());
      }
      if (!"sum".equals(meter.at("/default_aggregation/formula").asText())) {
        faults.add("its meter does not sum up");
      }
    }
    return faults.isEmpty()
        ? verified(
            "Price %s is active and metered, its meter %s is active and sums up.", id, meterId)
        : failed("Price %s: %s.", id, String.join("; ", faults));
  }

  private Outcome endpoint() {
    String wanted = deployment.at("/webhooks/stripe");
    List<String> urls = new ArrayList<>();
    for (JsonNode endpoint : ask("/v1/webhook_endpoints?limit=100").path("data")) {
      urls.add(endpoint.path("url").asText());
      if (wanted.equals(endpoint.path("url").asText())) {
        return judge(endpoint);
      }
    }
    return failed("No endpoint of the account leads to %s (%d others).", wanted, urls.size());
  }

  private static Outcome judge(JsonNode endpoint) {
    Set<String> enabled = new TreeSet<>();
    endpoint.path("enabled_events").forEach(event -> enabled.add(event.asText()));
    List<String> missing =
        enabled.contains("*")
            ? List.of()
            : EVENTS.stream().filter(event -> !enabled.contains(event)).toList();
    if (!"enabled".equals(endpoint.path("status").asText())) {
      return failed("The endpoint is %s.", endpoint.path("status").asText());
    }
    return missing.isEmpty()
        ? verified(
            "The endpoint %s is enabled for every event that is acted on.",
            endpoint.path("url").asText())
        : failed("The endpoint does not get %s.", String.join(", ", missing));
  }

  private Outcome tax() {
    boolean automatic =
        deployment
            .settings()
            .of(Settings.BILLING, "STRIPE_AUTOMATIC_TAX")
            .filter("true"::equals)
            .isPresent();
    if (!automatic) {
      return needsPerson("STRIPE_AUTOMATIC_TAX is not true: no tax is computed on subscriptions.");
    }
    String status = ask("/v1/tax/settings").path("status").asText();
    return "active".equals(status)
        ? verified("STRIPE_AUTOMATIC_TAX is true and Stripe's tax settings are active.")
        : failed("STRIPE_AUTOMATIC_TAX is true and Stripe's tax settings are %s.", status);
  }

  private Outcome portal() {
    for (JsonNode found :
        ask("/v1/billing_portal/configurations?active=true&limit=100").path("data")) {
      if (wanted(found)) {
        return verified("Portal configuration %s is active.", found.path("id").asText());
      }
    }
    return failed("No active portal configuration was found.");
  }

  private boolean wanted(JsonNode configuration) {
    return deployment
        .settings()
        .of(Settings.BILLING, "STRIPE_PORTAL_CONFIGURATION")
        .map(id -> id.equals(configuration.path("id").asText()))
        .orElse(configuration.path("is_default").asBoolean());
  }

  private JsonNode ask(String path) {
    String base = deployment.settings().of(Settings.BILLING, "STRIPE_API_BASE").orElse(BASE);
    Seen seen = http.get(base + path, Map.of("Authorization", "Bearer " + key()));
    String what = "Stripe's " + path.replaceAll("\\?.*", "");
    if (seen.status() == FORBIDDEN) {
      throw new OutOfReach("%s is not covered by the restricted key (403).", what);
    }
    return seen.expect(OK, what).json();
  }

  private String key() {
    if (deployment.isMock()) {
      throw new OutOfReach("BILLING_MODE is mock: no Stripe account is in use.");
    }
    return deployment.settings().need(Settings.BILLING, "STRIPE_SECRET_KEY");
  }

  @Override
  public String toString() {
    return "StripeChecks";
  }
}
