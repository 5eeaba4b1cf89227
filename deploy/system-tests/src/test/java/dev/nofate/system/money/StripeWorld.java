package dev.nofate.system.money;

import static org.awaitility.Awaitility.await;

import dev.nofate.stripe.StripeAccount;
import dev.nofate.stripe.StripeBilling;
import dev.nofate.stripe.StripeEvents;
import dev.nofate.stripe.StripeEvents.ApiVersion;
import dev.nofate.stripe.StripeStandIn;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.Tenant;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The suite with {@code BILLING_MODE=production} and a stand-in behind Stripe's address, and
 * tripwires in front of what the workers call. Closing it puts the suite back.
 */
final class StripeWorld implements AutoCloseable {

  static final Duration PERIOD = Duration.ofSeconds(5);

  /** How often billing-service makes a call that goes wrong. */
  static final int TRIES = 3;

  /** For processes that live for seconds. */
  private static final Map.Entry<String, String> QUICKLY =
      Map.entry("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

  final Suite suite;
  final StripeStandIn stripe = new StripeStandIn();
  final Tripwires meterToAudit;
  final Tripwires meterToBilling;
  final Tripwires invoiceToAudit;
  final Tripwires invoiceToBilling;
  private boolean older;
  private boolean steady;

  StripeWorld(Suite suite) {
    this.suite = suite;
    this.meterToAudit = new Tripwires(() -> suite.serviceUrl("audit-service"));
    this.meterToBilling = new Tripwires(() -> suite.serviceUrl("billing-service"));
    this.invoiceToAudit = new Tripwires(() -> suite.serviceUrl("audit-service"));
    this.invoiceToBilling = new Tripwires(() -> suite.serviceUrl("billing-service"));
    up();
  }

  /** Starts what is missing. Nobody is killed meanwhile, or it would be waited for in vain. */
  void up() {
    steady(false);
    start();
    steady(true);
  }

  /** Kills a service unless services are being started; says whether it did. */
  synchronized boolean kill(String service) {
    if (steady) {
      suite.kill(service);
    }
    return steady;
  }

  private synchronized void steady(boolean now) {
    steady = now;
  }

  private void start() {
    suite.up(
        PERIOD,
        Map.of(
            "billing-service",
            Map.ofEntries(
                QUICKLY,
                Map.entry("BILLING_MODE", "production"),
                Map.entry("STRIPE_SECRET_KEY", StripeStandIn.KEY),
                Map.entry("STRIPE_METERED_PRICE_ID", StripeAccount.PRICE),
                Map.entry("STRIPE_API_BASE", stripe.url()),
                Map.entry("BILLING_RETURN_URL", "https://customer.invalid/billing"),
                Map.entry("INVOICE_POLL_INTERVAL", "PT2S"),
                Map.entry("BILLING_POLL_ACCOUNTS", "50"),
                Map.entry("BILLING_WEBHOOK_BACK_OFF", "PT1S"),
                Map.entry("BILLING_REPORT_BACK_OFF", "PT1S"),
                Map.entry("BILLING_REPORT_SUMMARY_LAG", "PT2S")),
            "meter-worker",
            Map.ofEntries(
                QUICKLY,
                Map.entry("AUDIT_URL", meterToAudit.url()),
                Map.entry("BILLING_URL", meterToBilling.url()),
                Map.entry("METER_TICK", "PT1S"),
                Map.entry("METER_RECOUNT_TICK", "PT2S")),
            "invoice-worker",
            Map.ofEntries(
                QUICKLY,
                Map.entry("AUDIT_URL", invoiceToAudit.url()),
                Map.entry("BILLING_URL", invoiceToBilling.url()),
                Map.entry("INVOICE_POLL_TICK", "PT2S"),
                Map.entry("NOFATE_INVOICE_POLL_AFTER_FAILURE", "PT3S"),
                Map.entry("NOFATE_INVOICE_EVENT_LEASE", "PT3S"))));
  }

  StripeAccount account() {
    return stripe.account();
  }

  StripeBilling billing() {
    return stripe.account().billing();
  }

  /** Waits until a tenant has a subscription. */
  JsonObject subscriptionOf(Tenant tenant) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                account().objects("sub_").stream()
                    .filter(
                        one ->
                            tenant
                                .id()
                                .equals(one.getJsonObject("metadata").getString("tenant_id")))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** Has Stripe tell of an object as it is now, in one API version and then in the other. */
  void tell(String type, JsonObject object) {
    older = !older;
    tell(StripeEvents.snapshot(type, object, older ? ApiVersion.V2024_06_20 : ApiVersion.CLOVER));
  }

  /** Delivers an event as Stripe does: again until it is stored. */
  void tell(JsonObject event) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> suite.webhook(event.encode()), status -> status == 200);
  }

  @Override
  public void close() {
    suite.kill("billing-service");
    forgetStripe();
    suite.up();
    meterToAudit.close();
    meterToBilling.close();
    invoiceToAudit.close();
    invoiceToBilling.close();
    stripe.close();
  }

  /** What no operator does: the service refuses to lead accounts of Stripe back to mock mode. */
  private void forgetStripe() {
    try (Connection database = suite.superuser();
        Statement statement = database.createStatement()) {
      statement.execute(
          """
          UPDATE billing.accounts SET realm = 'MOCK',
            stripe_customer_id = 'cus_mock_' || replace(tenant_id::text, '-', ''),
            stripe_subscription_id = 'sub_mock_' || replace(tenant_id::text, '-', ''),
            replaced_subscription_id = NULL, subscription_status = NULL, tax = NULL
          WHERE realm = 'TEST'
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
