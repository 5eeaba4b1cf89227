package dev.nofate.system.money;

import dev.nofate.stripe.StripeAccount;
import dev.nofate.stripe.StripeStandIn.Fault;
import dev.nofate.system.money.Tripwires.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Whom to kill, and where. Where a call has an effect the kill comes behind it, when nobody knows
 * of it; for some it comes before as well, and with {@code -Dnofate.kill.both=true} for all.
 */
final class Kills {

  private static final boolean BOTH = Boolean.getBoolean("nofate.kill.both");
  private static final String LEDGER = "/internal/ledger/[^/]+";
  private static final String REPORT = "/entries/\\d+/report";
  private static final String LOG = "/internal/audit";
  private static final String SETTLEMENT = "/internal/settlement";
  private static final String EVENTS = "POST /v1/billing/meter_events";
  private static final String ITEMS = "/v1/invoiceitems";
  private static final String SUMMARIES =
      "GET /v1/billing/meters/" + StripeAccount.METER + "/event_summaries";

  /**
   * One kill.
   *
   * @param name who dies where
   * @param arm has it happen at the next such call while nobody is being started
   * @param provoke has such a call made soon
   * @param happened whether it did
   */
  record Kill(String name, Runnable arm, Runnable provoke, BooleanSupplier happened) {}

  private final StripeWorld world;
  private final Life life;
  private final List<Kill> usage = new ArrayList<>();
  private final List<Kill> invoices = new ArrayList<>();

  Kills(StripeWorld world, Life life) {
    this.world = world;
    this.life = life;
    meter();
    lateUsage();
    usageInTime();
    invoice();
    notices();
  }

  /** meter-worker at each of its steps, and then billing-service around its calls to Stripe. */
  List<Kill> usage() {
    return usage;
  }

  /** invoice-worker at each of its steps. */
  List<Kill> invoices() {
    return invoices;
  }

  private void meter() {
    meter(world.meterToBilling, "position", "GET", LEDGER + "/position");
    meter(world.meterToAudit, "read", "GET", LOG + "/chains/[^/]+/events");
    meter(world.meterToAudit, "mark", "POST", LOG + "/appends");
    meter(world.meterToBilling, "file", "POST", LEDGER + "/entries");
    meter(world.meterToBilling, "show", "PUT", LEDGER + "/open-usage");
    meter(world.meterToBilling, "report", "POST", LEDGER + REPORT);
    meter(world.meterToBilling, "recount", "POST", "/internal/recounts");
  }

  private void meter(Tripwires wires, String name, String method, String path) {
    for (boolean after : BOTH ? List.of(false, true) : List.of(!method.equals("GET"))) {
      usage.add(worker("meter-worker", wires, new Step(name, method, path, after), () -> {}));
    }
  }

  /** Items of what comes too late for its invoice, and the looks at what became of it. */
  private void lateUsage() {
    for (boolean after : List.of(false, true)) {
      usage.add(stripe("POST " + ITEMS, after, () -> atEachReport(life::theMonthEnds)));
    }
    for (boolean after : BOTH ? List.of(false, true) : List.of(true)) {
      usage.add(
          stripe(
              "GET " + ITEMS,
              after,
              () -> {
                loseTheAnswers("POST " + ITEMS);
                atEachReport(life::theMonthEnds);
              }));
      usage.add(
          stripe(
              SUMMARIES,
              after,
              () -> {
                loseTheAnswers(EVENTS);
                theMonthEndsOnceAnEventWasSent();
              }));
    }
  }

  private void usageInTime() {
    for (String call : List.of(EVENTS, "GET /v1/invoices")) {
      for (boolean after : List.of(false, true)) {
        usage.add(stripe(call, after, () -> atEachReport(() -> {})));
      }
    }
  }

  private void invoice() {
    invoice("claim", "/webhook-events/claims");
    invoice("observe", "/invoice-observations");
    invoice("complete", "/webhook-events/.+/completion");
    invoice("poll", "/invoice-polls");
    invoice("end graces", "/grace-expirations");
    invoice("recorded", "/outbox/.+/recorded");
    for (boolean after : BOTH ? List.of(false, true) : List.of(true)) {
      Step append = new Step("append", "POST", LOG + "/appends", after);
      invoices.add(worker("invoice-worker", world.invoiceToAudit, append, () -> {}));
    }
  }

  private void invoice(String name, String path) {
    invoice(name, path, BOTH ? List.of(false, true) : List.of(true), () -> {});
  }

  private void notices() {
    List<Boolean> both = List.of(false, true);
    invoice("subscription notice", "/subscription-notices", both, life::theSubscriptionChanges);
    invoice("checkout notice", "/checkout-notices", both, life::aPageIsFilledIn);
    invoice("meter fault", "/meter-faults", both, life::usageIsNotCounted);
    invoice("fail", "/webhook-events/.+/failure", both, life::aPageThatStripeDoesNotShow);
  }

  private void invoice(String name, String path, List<Boolean> when, Runnable provoke) {
    for (boolean after : when) {
      Step step = new Step(name, "POST", SETTLEMENT + path, after);
      invoices.add(worker("invoice-worker", world.invoiceToBilling, step, provoke));
    }
  }

  private Kill worker(String worker, Tripwires wires, Step step, Runnable provoke) {
    return new Kill(
        worker + (step.afterWork() ? " after " : " before ") + step.name(),
        () -> wires.arm(step, () -> world.kill(worker)),
        provoke,
        wires::isTripped);
  }

  private Kill stripe(String call, boolean after, Runnable provoke) {
    AtomicBoolean happened = new AtomicBoolean();
    return new Kill(
        "billing-service " + (after ? "after " : "before ") + call,
        () ->
            world.stripe.trip(
                call,
                after,
                () -> {
                  boolean killed = world.kill("billing-service");
                  happened.compareAndSet(false, killed);
                  return killed;
                }),
        provoke,
        happened::get);
  }

  private void loseTheAnswers(String call) {
    world.stripe.fail(call, Fault.CUT_AFTER_WORK, StripeWorld.TRIES);
  }

  /** What may have arrived is too late by then. */
  private void theMonthEndsOnceAnEventWasSent() {
    int before = world.stripe.requests(EVENTS).size();
    atEachReport(
        () -> {
          if (world.stripe.requests(EVENTS).size() > before) {
            life.theMonthEnds();
          }
        });
  }

  /** While a report is on its way; it is let through. */
  private void atEachReport(Runnable work) {
    String path = LEDGER.replace("[^/]+", life.tenant().id()) + REPORT;
    world.meterToBilling.arm(
        new Step("report", "POST", path, false),
        () -> {
          work.run();
          return false;
        });
  }
}
