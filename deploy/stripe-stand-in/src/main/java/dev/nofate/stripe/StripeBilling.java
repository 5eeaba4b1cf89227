package dev.nofate.stripe;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What Stripe does by itself: it makes invoices at the end of a period, and collects them. */
public final class StripeBilling {

  private final StripeAccount account;

  StripeBilling(StripeAccount account) {
    this.account = account;
  }

  /**
   * Ends a customer's period: a draft over what its meter counted in it and the items that wait,
   * and a new period.
   */
  public JsonObject endPeriod(String customer, Instant start, Instant end) {
    long metered = account.meteredBetween(customer, start, end);
    List<JsonObject> lines = new ArrayList<>();
    lines.add(
        line(metered, start, end)
            .put("quantity", metered)
            .put(
                "pricing",
                new JsonObject()
                    .put("type", "price_details")
                    .put("price_details", new JsonObject().put("price", StripeAccount.PRICE))));
    long total = metered;
    for (JsonObject item : account.pendingItems(customer)) {
      account.put(item.put("invoice", "taken"));
      total += item.getLong("amount");
      lines.add(
          line(item.getLong("amount"), end, end)
              .put("quantity", 1)
              .put("metadata", item.getJsonObject("metadata").copy()));
    }
    JsonObject invoice =
        new JsonObject()
            .put("id", "in_" + id())
            .put("object", "invoice")
            .put("customer", customer)
            .put("status", "draft")
            .put("collection_method", "charge_automatically")
            .put("attempted", false)
            .put("attempt_count", 0)
            .put("amount_due", total)
            .put("amount_paid", 0)
            .put("currency", "usd")
            .put("created", Instant.now().getEpochSecond())
            .put("period_start", start.getEpochSecond())
            .put("period_end", end.getEpochSecond())
            .putNull("number")
            .putNull("hosted_invoice_url")
            .putNull("invoice_pdf")
            .put("automatically_finalizes_at", end.plus(Duration.ofHours(1)).getEpochSecond());
    account.lines(invoice.getString("id"), lines);
    account.put(invoice);
    account.startPeriod(customer, end);
    return invoice;
  }

  /**
   * Finalises a draft: it bills what was metered until now, is open, has a number and links, and
   * takes nothing more.
   */
  public JsonObject finalizeInvoice(String id) {
    JsonObject draft = account.object(id);
    long metered =
        account.meteredBetween(
            draft.getString("customer"),
            Instant.ofEpochSecond(draft.getLong("period_start")),
            Instant.ofEpochSecond(draft.getLong("period_end")));
    List<JsonObject> lines = new ArrayList<>(account.lines(id));
    long more = metered - lines.get(0).getLong("amount");
    lines.set(0, lines.get(0).copy().put("amount", metered).put("quantity", metered));
    account.lines(id, lines);
    change(id, new JsonObject().put("amount_due", draft.getLong("amount_due") + more));
    String path = "acct_standin/test_" + id.substring("in_".length());
    return change(
        id,
        new JsonObject()
            .put("status", "open")
            .putNull("automatically_finalizes_at")
            .put("number", id.substring("in_".length(), 11).toUpperCase(Locale.ROOT) + "-0001")
            .put("hosted_invoice_url", "https://invoice.stripe.com/i/" + path + "?s=ap")
            .put("invoice_pdf", "https://pay.stripe.com/invoice/" + path + "/pdf?s=ap"));
  }

  /** A payment of an open invoice fails. */
  public JsonObject failPayment(String id) {
    JsonObject intent =
        new JsonObject()
            .put("id", "pi_" + id())
            .put("object", "payment_intent")
            .put("status", "requires_payment_method");
    return change(
        id,
        new JsonObject()
            .put("attempted", true)
            .put("attempt_count", 1)
            .put(
                "payments",
                new JsonObject()
                    .put("object", "list")
                    .put(
                        "data",
                        new JsonArray()
                            .add(
                                new JsonObject()
                                    .put("id", "inpay_" + id())
                                    .put("object", "invoice_payment")
                                    .put("status", "open")
                                    .put(
                                        "payment",
                                        new JsonObject()
                                            .put("type", "payment_intent")
                                            .put("payment_intent", intent))))));
  }

  /** An open invoice is paid. */
  public JsonObject pay(String id) {
    JsonObject invoice = account.object(id);
    return change(
        id,
        new JsonObject().put("status", "paid").put("amount_paid", invoice.getLong("amount_due")));
  }

  /** The customer fills a setup page in. Checkout asks for an address and keeps it if told to. */
  public void fillIn(String page, JsonObject address) {
    JsonObject filled = account.object(page);
    String intent = "seti_" + id();
    account.put(
        new JsonObject()
            .put("id", intent)
            .put("object", "setup_intent")
            .put("status", "succeeded")
            .put("payment_method", "pm_card"));
    change(
        page,
        new JsonObject()
            .put("status", "complete")
            .put("created", Instant.now().getEpochSecond())
            .put("setup_intent", intent));
    if ("required".equals(filled.getString("billing_address_collection"))
        && "auto".equals(filled.getString("customer_update"))) {
      change(filled.getString("customer"), new JsonObject().put("address", address));
    }
  }

  /** Stripe finds that it no longer knows where a subscription's customer is. */
  public void loseTaxLocation(String customer, String subscription) {
    change(customer, new JsonObject().putNull("address"));
    change(
        subscription,
        new JsonObject()
            .put(
                "automatic_tax",
                new JsonObject()
                    .put("enabled", false)
                    .put("disabled_reason", "requires_location_inputs")));
  }

  /** A subscription ends. */
  public JsonObject cancel(String subscription) {
    return change(subscription, new JsonObject().put("status", "canceled"));
  }

  private JsonObject change(String id, JsonObject with) {
    JsonObject changed = account.object(id).mergeIn(with);
    account.put(changed);
    return changed;
  }

  private static JsonObject line(long amount, Instant start, Instant end) {
    return new JsonObject()
        .put("id", "il_" + id())
        .put("object", "line_item")
        .put("amount", amount)
        .put("currency", "usd")
        .put("metadata", new JsonObject())
        .put(
            "period",
            new JsonObject().put("start", start.getEpochSecond()).put("end", end.getEpochSecond()));
  }

  private static String id() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
