package dev.nofate.billing.stripe;

import dev.nofate.billing.standin.Database;
import dev.nofate.stripe.StripeAccount;
import dev.nofate.stripe.StripeStandIn;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Starts the stand-in and points the service at it, with {@code BILLING_MODE=production}. */
public final class StripeResource implements QuarkusTestResourceLifecycleManager {

  private StripeStandIn stripe;

  @Override
  public Map<String, String> start() {
    stripe = new StripeStandIn();
    return Map.of(
        "billing.provider.mode", "production",
        "billing.stripe.secret-key", StripeStandIn.KEY,
        "billing.stripe.metered-price-id", StripeAccount.PRICE,
        "billing.stripe.api-base", stripe.url(),
        "billing.stripe.return-url", "https://customer.invalid/billing",
        "billing.stripe.read-timeout", "PT1S",
        "billing.stripe.retry-back-off", "PT0.01S",
        "billing.report.back-off", "PT0.001S",
        "billing.webhook.secrets", "whsec_standin_of_stripe_0000");
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(stripe, new TestInjector.MatchesType(StripeStandIn.class));
  }

  @Override
  public void stop() {
    // The database stays for tests in mock mode, which does not start beside accounts of Stripe's.
    Database.tamper(
        "UPDATE accounts SET realm = 'MOCK' WHERE stripe_customer_id <> 'cus_operator'");
    stripe.close();
  }
}
