package dev.nofate.billing.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How Stripe is reached. Read with {@code BILLING_MODE=production} only. */
@ConfigMapping(prefix = "billing.stripe")
public interface StripeConfig {

  /**
   * {@code STRIPE_SECRET_KEY}: {@code sk_…} or {@code rk_…}; live in production, test elsewhere.
   */
  Optional<String> secretKey();

  /** Where the key leads to. */
  default Realm realm() {
    return secretKey().orElseThrow().strip().substring(3).startsWith("live_")
        ? Realm.LIVE
        : Realm.TEST;
  }

  /** {@code STRIPE_METERED_PRICE_ID}: the price that subscriptions are made with. */
  Optional<String> meteredPriceId();

  /** {@code STRIPE_API_BASE}: another address than Stripe's own; refused in production. */
  @WithDefault("https://api.stripe.com")
  String apiBase();

  /** {@code BILLING_RETURN_URL}: where Stripe's pages send the customer back to. */
  Optional<String> returnUrl();

  /** {@code STRIPE_AUTOMATIC_TAX}: whether Stripe Tax computes taxes on invoices. */
  @WithDefault("false")
  boolean automaticTax();

  /** {@code STRIPE_PORTAL_CONFIGURATION}: {@code bpc_…}; Stripe's default when absent. */
  Optional<String> portalConfiguration();

  /** How long a connection may take. */
  @WithDefault("PT2S")
  Duration connectTimeout();

  /** How long an answer may take. */
  @WithDefault("PT4S")
  Duration readTimeout();

  /** Further attempts after one that failed and is worth repeating, 0 to 10. */
  @WithDefault("2")
  int retries();

  /** Wait before the first further attempt; doubles, with jitter of half of it. */
  @WithDefault("PT0.25S")
  Duration retryBackOff();

  /** Calls at the same time, all customers together. */
  @WithDefault("8")
  int concurrency();
}
