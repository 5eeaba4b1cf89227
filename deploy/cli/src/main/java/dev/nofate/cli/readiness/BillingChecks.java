package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.needsPerson;
import static dev.nofate.cli.readiness.Outcome.notObservable;
import static dev.nofate.cli.readiness.Outcome.verified;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Usage, prices and standing, seen at work on the canary. */
record BillingChecks(Deployment deployment, Http http, Supplier<Canary> canary)
    implements Register.Family {

  /** How long a change may take from the account to the gate and into the log. */
  static final Duration MOVING_TIME = Duration.ofSeconds(30);

  /** A metering period that is waited for; one of production's is not. */
  private static final Duration SHORT_PERIOD = Duration.ofSeconds(30);

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int PAYMENT_REQUIRED = 402;

  @Override
  public void enter(Register register) {
    register
        .line("suspension", this::suspension)
        .line("billing-calculations", this::reconciliation)
        .line("meter-idempotency", this::coverage)
        .line("usage-reported", this::reported)
        .line("report-deduplication", this::held)
        .line("pricing", this::pricing);
  }

  /** The operator's hold closes the door, its release opens it; reads go on meanwhile. */
  private Outcome suspension() {
    canary.get().hold().expect(NO_CONTENT, "POST /v1/billing/accounts/{tenant}/hold");
    int reads;
    String code;
    try {
      code =
          Eventually.see(
                  "402 for a held account",
                  MOVING_TIME,
                  () -> canary.get().evaluate(),
                  answer -> answer.status() == PAYMENT_REQUIRED)
              .json()
              .path("code")
              .asText();
      reads = canary.get().get("/v1/evaluations?limit=1").status();
    } finally {
      canary.get().release().expect(NO_CONTENT, "POST /v1/billing/accounts/{tenant}/release");
    }
    Eventually.see(
        "200 for a released account",
        MOVING_TIME,
        () -> canary.get().evaluate(),
        answer -> answer.status() == OK);
    return "BILLING_HOLD".equals(code) && reads == OK
        ? verified(
            "Held, the canary got 402 BILLING_HOLD and its reads went on; released, it got 200.")
        : failed("Held, the canary got 402 %s and its reads answered %d.", code, reads);
  }

  /** Evaluations answered = response_emitted = usage_recorded, over the whole chain. */
  private Outcome reconciliation() {
    int answered = ChainPages.events(canary.get(), "response_emitted").size();
    int metered = ChainPages.events(canary.get(), "usage_recorded").size();
    if (answered != metered) {
      return failed("The canary's chain holds %d answers and %d usage records.", answered, metered);
    }
    List<JsonNode> entries = ledger();
    long covered =
        entries.isEmpty() ? 0 : entries.get(entries.size() - 1).path("last_seq").asLong();
    long billed =
        entries.stream().mapToLong(entry -> entry.at("/units/evaluations").asLong()).sum();
    long expected =
        ChainPages.events(canary.get(), "usage_recorded").stream()
            .filter(event -> event.path("seq").asLong() <= covered)
            .count();
    return billed == expected
        ? verified(
            "%d answers are %d usage records in the canary's chain; its ledger bills %d of them, all those through"
                + " seq %d.",
            answered, metered, billed, covered)
        : failed(
            "The ledger bills %d evaluations, the chain through seq %d holds %d.",
            billed, covered, expected);
  }

  /** No entry begins where another one covers, and none leaves a gap. */
  private Outcome coverage() {
    List<JsonNode> entries = closedLedger();
    long covered = 0;
    for (JsonNode entry : entries) {
      if (entry.path("first_seq").asLong() != covered + 1) {
        return failed(
            "An entry begins at seq %d behind seq %d.", entry.path("first_seq").asLong(), covered);
      }
      covered = entry.path("last_seq").asLong();
    }
    return verified(
        "%d ledger entries cover the canary's chain through seq %d, each event once.",
        entries.size(), covered);
  }

  private Outcome reported() {
    List<JsonNode> entries = closedLedger();
    long reported = entries.stream().filter(entry -> entry.path("reported").isObject()).count();
    if (reported < entries.size() - 1) {
      return failed("%d of the canary's %d ledger entries are reported.", reported, entries.size());
    }
    return deployment.isMock()
        ? notObservable(
            "%d of %d entries are reported in mode mock: no Stripe is in use.",
            reported, entries.size())
        : verified("%d of the canary's %d ledger entries are reported.", reported, entries.size());
  }

  private Outcome held() {
    JsonNode list =
        http.get(
                deployment.at("/v1/billing/held-reports"),
                Map.of("x-api-key", deployment.operatorKey()))
            .expect(OK, "GET /v1/billing/held-reports")
            .json();
    int count = list.path("items").size();
    if (count > 0) {
      return failed("%d reports are held: whether they arrived is not known.", count);
    }
    long entries = ledger().size();
    return verified(
        "No report is held; each of the canary's %d entries has at most one, under an identifier of its own.",
        entries);
  }

  private Outcome pricing() {
    JsonNode prices =
        canary.get().get("/v1/billing/prices").expect(OK, "GET /v1/billing/prices").json();
    int versions = prices.path("items").size();
    return versions > 0
        ? needsPerson(
            "The price book holds %d version(s); what was agreed is known to people.", versions)
        : failed("The price book is empty.");
  }

  private List<JsonNode> ledger() {
    return ChainPages.ledger(canary.get());
  }

  /** The ledger once it has an entry; waited for only where periods are short. */
  private List<JsonNode> closedLedger() {
    List<JsonNode> entries = ledger();
    if (!entries.isEmpty()) {
      return entries;
    }
    Duration period =
        deployment
            .settings()
            .of(Settings.METER, "METER_PERIOD")
            .map(Duration::parse)
            .orElse(Duration.ofHours(1));
    if (period.compareTo(SHORT_PERIOD) > 0) {
      throw new OutOfReach("No metering period of the canary has ended yet; one takes %s.", period);
    }
    canary.get().evaluate();
    return Eventually.see(
        "A ledger entry of the canary",
        period.plus(MOVING_TIME),
        this::ledger,
        found -> !found.isEmpty());
  }

  @Override
  public String toString() {
    return "BillingChecks";
  }
}
