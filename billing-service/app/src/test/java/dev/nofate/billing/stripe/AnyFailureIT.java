package dev.nofate.billing.stripe;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.ShiftedClock;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.stripe.StripeAccount;
import dev.nofate.stripe.StripeStandIn;
import dev.nofate.stripe.StripeStandIn.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reports around the end of a month while anything goes wrong at Stripe, at any time: failures
 * before and after the work, remembered for a day; answers that never come; lost answers whose
 * repeat is refused; sums that stay behind. Once things heal the cents that Stripe bills are those
 * that are recorded as reported, which are those of the ledger's cost, and each entry is there
 * once. {@code -Dnofate.seeds=1000} tries more.
 */
@QuarkusTest
@BillingParts
@TestProfile(StripeProfile.class)
class AnyFailureIT {

  private static final int ENTRIES = 4;
  private static final int MOST_BYTES = 3_000_000;
  private static final long NANOUSD_PER_CENT = 10_000_000;
  private static final int STEPS = 20;
  private static final int MOST_TURNS = 120;
  private static final List<Duration> TIMES =
      Stream.of("PT3S", "PT1M", "PT6M", "PT9M", "PT20M", "PT50M", "PT3H", "PT12H", "PT25H")
          .map(Duration::parse)
          .toList();

  /** Before and behind the moments at which a month, its draft's margin and its draft end. */
  private static final List<Duration> AROUND_THE_END =
      Stream.of("PT-1M", "PT1M", "PT49M", "PT51M", "PT61M", "PT3H").map(Duration::parse).toList();

  private static final List<Fault> QUICK =
      Stream.of(Fault.values()).filter(fault -> fault != Fault.SLOW_AFTER_WORK).toList();

  private static final String EVENTS = "POST /v1/billing/meter_events";
  private static final String ITEMS = "POST /v1/invoiceitems";
  private static final String SUMMARIES =
      "GET /v1/billing/meters/" + StripeAccount.METER + "/event_summaries";

  @Inject ShiftedClock clock;
  StripeStandIn stripe;

  private Random random;
  private TenantId tenant;
  private String customer;
  private Instant monthEnd;
  private Duration passed;
  private String invoice;
  private boolean isFinal;

  static IntStream seeds() {
    return IntStream.range(0, Integer.getInteger("nofate.seeds", 30));
  }

  @AfterEach
  void backToThePresent() {
    clock.reset();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("seeds")
  void whateverFailsEachCentIsBilledOnce(int seed) {
    begin(seed);
    for (int step = 0; step < STEPS; step++) {
      if (random.nextBoolean()) {
        goWrong();
      } else if (random.nextInt(3) == 0) {
        stripe.heal();
      }
      switch (random.nextInt(8)) {
        case 0, 1 -> pass(time());
        case 2, 3 -> {
          goWrong(random.nextInt(3) == 0 ? ITEMS : EVENTS);
          report(tenant, next());
          pass(time());
        }
        case 4 -> Concurrently.run(2, () -> report(tenant, next()).extract().statusCode());
        default -> report(tenant, next());
      }
    }
    stripe.heal();
    for (int turn = 0; turn < MOST_TURNS && unreported() > 0; turn++) {
      pass(turn < ENTRIES ? Duration.ofMinutes(30) : Duration.ofHours(2));
      report(tenant, next());
    }
    pass(Duration.ofHours(8));

    assertThat(unreported()).as("entries that are lost or held").isZero();
    for (String hash : column("SELECT usage_hash FROM usage_ledger WHERE tenant_id = '%s'")) {
      assertThat(timesAtStripe(hash)).as(hash).isEqualTo(1);
    }
    assertThat(billed())
        .isEqualTo(sum("quantity_cents", "usage_reports"))
        .isEqualTo(sum("cost_nanousd", "usage_ledger") / NANOUSD_PER_CENT);
    assertThat(stripe.refusals()).isEmpty();
  }

  private void begin(int seed) {
    random = new Random(seed);
    stripe.reset();
    invoice = null;
    isFinal = false;
    // Always at a full hour, so that a seed is the same at any time of the day.
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    passed = Duration.between(Instant.now(), hour);
    clock.advance(passed);
    stripe.account().advance(passed);
    tenant = newAccount();
    customer = stripe.account().objects("cus_").get(0).getString("id");
    for (int entry = 0; entry < ENTRIES; entry++) {
      file(tenant, entry(entry, hour.minus(ENTRIES - entry, ChronoUnit.HOURS))).statusCode(200);
    }
    monthEnd = hour.plus(random.nextInt(5) - 1, ChronoUnit.HOURS);
    stripe.account().delaySummaries(Duration.ofMinutes(random.nextInt(60)));
    follow();
  }

  private String entry(int number, Instant start) {
    // So many bytes that what each entry carries to the next comes to cents.
    return draft(tenant, 10, number * 9 + 1, number * 9 + 9, random.nextInt(MOST_BYTES))
        .replace("2026-11-23T10:00:00Z", start.toString())
        .replace("2026-11-23T11:00:00Z", start.plusSeconds(3600).toString());
  }

  /** Somewhere, or with the attempts of one call that bills, or that finds out what was billed. */
  private void goWrong() {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> goWrong(ITEMS);
      case 3 -> goWrong(random.nextBoolean() ? "GET /v1/invoiceitems" : SUMMARIES);
      case 4 -> {
        for (int i = random.nextInt(5); i >= 0; i--) {
          stripe.fail(random.nextInt(20) == 0 ? Fault.SLOW_AFTER_WORK : quick());
        }
      }
      default -> goWrong(EVENTS);
    }
  }

  /** All attempts of one call: each as it comes, or a lost answer and then a refusal. */
  private void goWrong(String request) {
    boolean refused = random.nextBoolean();
    stripe.fail(request, quick(), 1);
    stripe.fail(request, refused ? Fault.RATE_LIMIT : quick(), 1);
    stripe.fail(request, refused ? Fault.RATE_LIMIT : quick(), 1);
  }

  /** Mostly minutes, or until the invoice's next turn: what takes usage then is what matters. */
  private Duration time() {
    if (random.nextBoolean()) {
      Instant moment = monthEnd.plus(AROUND_THE_END.get(random.nextInt(AROUND_THE_END.size())));
      Duration until = Duration.between(Instant.now().plus(passed), moment);
      if (!until.isNegative()) {
        return until;
      }
    }
    return TIMES.get(Math.min(random.nextInt(TIMES.size()), random.nextInt(TIMES.size())));
  }

  private Fault quick() {
    return QUICK.get(random.nextInt(QUICK.size()));
  }

  private void pass(Duration time) {
    // Stripe does what is due when it is due, not when somebody looks.
    Duration left = time;
    while (!left.isZero()) {
      Duration part = left.compareTo(Duration.ofMinutes(1)) > 0 ? Duration.ofMinutes(1) : left;
      passed = passed.plus(part);
      left = left.minus(part);
      follow();
    }
    clock.advance(time);
    stripe.account().advance(time);
  }

  /** What Stripe does by itself: a draft at the month's end, final after an hour. */
  private void follow() {
    Instant now = Instant.now().plus(passed);
    if (invoice == null && !now.isBefore(monthEnd)) {
      invoice =
          stripe
              .account()
              .billing()
              .endPeriod(customer, monthEnd.minus(20, ChronoUnit.DAYS), monthEnd)
              .getString("id");
    }
    if (invoice != null && !isFinal && !now.isBefore(monthEnd.plus(1, ChronoUnit.HOURS))) {
      stripe.account().billing().finalizeInvoice(invoice);
      isFinal = true;
    }
  }

  private long next() {
    return Math.min(ENTRIES, ENTRIES - unreported() + 1);
  }

  private long unreported() {
    return ENTRIES - column("SELECT entry_no FROM usage_reports WHERE tenant_id = '%s'").size();
  }

  private long timesAtStripe(String hash) {
    return stripe.account().meterEvents().stream()
            .filter(event -> hash.equals(event.getString("identifier")))
            .count()
        + stripe.account().objects("ii_").stream()
            .filter(item -> hash.equals(item.getJsonObject("metadata").getString("usage_hash")))
            .count();
  }

  /** The final invoice, what waits for the next one, and what is metered into the new month. */
  private long billed() {
    long billed =
        stripe.account().lines(invoice).stream().mapToLong(line -> line.getLong("amount")).sum();
    for (JsonObject item : stripe.account().objects("ii_")) {
      billed += item.containsKey("invoice") ? 0 : item.getLong("amount");
    }
    for (JsonObject event : stripe.account().meterEvents()) {
      billed += event.getLong("timestamp") < monthEnd.getEpochSecond() ? 0 : event.getLong("value");
    }
    return billed;
  }

  private long sum(String column, String table) {
    return Long.parseLong(
        column("SELECT sum(" + column + ") FROM " + table + " WHERE tenant_id = '%s'").get(0));
  }

  private List<String> column(String sql) {
    return Database.column(sql.formatted(tenant));
  }
}
