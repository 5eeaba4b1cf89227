package dev.nofate.system.money;

import dev.nofate.stripe.StripeEvents;
import dev.nofate.stripe.StripeEvents.ApiVersion;
import dev.nofate.stripe.StripeStandIn.Fault;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Tenant;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What goes on while processes die, so that every step comes again, and what came of it. */
final class Life {

  private final StripeWorld world;
  private final Tenant tenant;
  private final String customer;
  private final String subscription;
  private final List<JsonObject> events = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private int answered;
  private int invoices;
  private int pages;
  private int turns;
  private volatile Instant month = Instant.now().minusSeconds(60);

  Life(StripeWorld world, Tenant tenant) {
    this.world = world;
    this.tenant = tenant;
    this.customer = tenant.account("stripe_customer_id");
    this.subscription = world.subscriptionOf(tenant).getString("id");
  }

  /** An evaluation, and now and then an unpaid invoice. */
  void goOn() {
    // A worker that was away too long has let a grace period end: nothing is answered then.
    if (tenant.evaluate(Proposals.transfer(turns)).statusCode() == 200) {
      answered++;
    }
    if (turns++ % 4 == 0) {
      anInvoiceFailsAndIsPaid();
    }
    deliver();
  }

  /** What billing-service did not store is delivered again, as Stripe does. */
  void deliver() {
    events.removeIf(
        event -> world.suite.webhook(event.encode()) == 200 && told.add(event.getString("id")));
  }

  private void anInvoiceFailsAndIsPaid() {
    String id = "in_killed" + invoices++;
    world
        .account()
        .put(
            new JsonObject()
                .put("id", id)
                .put("object", "invoice")
                .put("customer", customer)
                .put("status", "open")
                .put("collection_method", "charge_automatically")
                .put("attempted", false)
                .put("amount_due", 100)
                .put("amount_paid", 0)
                .put("currency", "usd")
                .put("created", Instant.now().getEpochSecond()));
    JsonObject failed = world.billing().failPayment(id);
    JsonObject paid = world.billing().pay(id);
    events.add(StripeEvents.snapshot("invoice.payment_failed", failed, ApiVersion.CLOVER));
    events.add(StripeEvents.snapshot("invoice.paid", paid, ApiVersion.V2024_06_20));
  }

  /** A payment is overdue at Stripe, or no longer. */
  void theSubscriptionChanges() {
    JsonObject now = world.account().object(subscription);
    subscriptionIs("active".equals(now.getString("status")) ? "past_due" : "active");
  }

  void subscriptionIs(String status) {
    JsonObject changed = world.account().object(subscription).put("status", status);
    world.account().put(changed);
    events.add(StripeEvents.snapshot("customer.subscription.updated", changed, ApiVersion.CLOVER));
  }

  /** A customer gives another payment method on a page. */
  void aPageIsFilledIn() {
    String number = String.valueOf(++pages);
    JsonObject page =
        new JsonObject()
            .put("id", "cs_killed" + number)
            .put("object", "checkout.session")
            .put("customer", customer)
            .put("mode", "setup")
            .put("status", "complete")
            .put("payment_status", "no_payment_required")
            .put("setup_intent", "seti_killed" + number)
            .put("created", Instant.now().getEpochSecond());
    world.account().put(page);
    world
        .account()
        .put(
            new JsonObject()
                .put("id", page.getString("setup_intent"))
                .put("object", "setup_intent")
                .put("status", "succeeded")
                .put("payment_method", "pm_killed" + number));
    events.add(StripeEvents.snapshot("checkout.session.completed", page, ApiVersion.CLOVER));
  }

  /** The same while Stripe does not show the page: whoever works on the event fails. */
  void aPageThatStripeDoesNotShow() {
    aPageIsFilledIn();
    world.stripe.fail(
        "GET /v1/checkout/sessions/cs_killed" + pages, Fault.FAILED_BEFORE_WORK, StripeWorld.TRIES);
  }

  /** Stripe's meter did not count somebody's usage. */
  void usageIsNotCounted() {
    JsonObject thin = StripeEvents.thin("v1.billing.meter.no_meter_found", null);
    world.account().put(StripeEvents.whole(thin, "no_meter", List.of("of somebody else")));
    faults.add(thin.getString("id"));
    events.add(thin);
  }

  /** Stripe's month is over, and its invoice final: what is not there yet came too late for it. */
  synchronized void theMonthEnds() {
    long period = StripeWorld.PERIOD.toSeconds();
    Instant end = Instant.ofEpochSecond(Instant.now().getEpochSecond() / period * period);
    if (end.isAfter(month)) {
      JsonObject draft = world.billing().endPeriod(customer, month, end);
      world.billing().pay(world.billing().finalizeInvoice(draft.getString("id")).getString("id"));
      month = end;
    }
  }

  Tenant tenant() {
    return tenant;
  }

  String customer() {
    return customer;
  }

  /** When Stripe's month that runs now began. */
  Instant month() {
    return month;
  }

  /** Evaluations that were answered. */
  int answered() {
    return answered;
  }

  /** Invoices that were not paid at once. */
  int invoices() {
    return invoices;
  }

  /** Events about usage that was not counted. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Events that billing-service stored. */
  Set<String> told() {
    return Set.copyOf(told);
  }

  /** What was given on the page that was opened last. */
  String lastMethod() {
    return "pm_killed" + pages;
  }
}
