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
import dev.nofate.stripe.StripeStandIn;
import dev.nofate.stripe.StripeStandIn.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reports around the end of a month while anything goes wrong at Stripe, at any time: failures
 * before and after the work, remembered for a day; answers that never come; sums that stay behind.
 * Once things heal the cents that Stripe bills are those that are recorded as reported, and each
 * entry is there once. {@code -Dnofate.seeds=1000} tries more.
 */
@QuarkusTest
@BillingParts
@TestProfile(StripeProfile.class)
class AnyFailureIT {

  private static final int ENTRIES = 3;
  private static final int STEPS = 30;
  private static final List<Duration> TIMES =
      Stream.of("PT3S", "PT1M", "PT6M", "PT9M", "PT20M", "PT50M", "PT3H", "PT12H", "PT25H")
          .map(Duration::parse)
          .toList();

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
      if (random.nextInt(3) > 0) {
        goWrong();
      }
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> pass(time());
        case 3 -> Concurrently.run(2, () -> report(tenant, next()).extract().statusCode());
        default -> report(tenant, next());
      }
    }
    stripe.heal();
    for (int turn = 0; turn < 120 && unreported() > 0; turn++) {
      pass(Duration.ofMinutes(30));
      report(tenant, next());
    }
    pass(Duration.ofHours(8));

    assertThat(unreported()).as("entries that are lost or held").isZero();
    for (String hash : column("SELECT usage_hash FROM usage_ledger WHERE tenant_id = '%s'")) {
      assertThat(timesAtStripe(hash)).as(hash).isEqualTo(1);
    }
    assertThat(billed())
        .isEqualTo(
            Long.parseLong(
                column("SELECT sum(quantity_cents) FROM usage_reports WHERE tenant_id = '%s'")
                    .get(0)));
    assertThat(stripe.refusals()).isEmpty();
  }

  private void begin(int seed) {
    random = new Random(seed);
    stripe.reset();
    passed = Duration.ZERO;
    invoice = null;
    isFinal = false;
    tenant = newAccount();
    customer = stripe.account().objects("cus_").get(0).getString("id");
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    for (int entry = 0; entry < ENTRIES; entry++) {
      file(tenant, entry(entry, hour.minus(ENTRIES - entry, ChronoUnit.HOURS))).statusCode(200);
    }
    monthEnd = hour.plus(random.nextInt(6) - 2, ChronoUnit.HOURS);
    stripe.account().delaySummaries(Duration.ofMinutes(random.nextInt(60)));
    follow();
  }

  private String entry(int number, Instant start) {
    return draft(tenant, 10, number * 9 + 1, number * 9 + 9, 234)
        .replace("2026-11-23T10:00:00Z", start.toString())
        .replace("2026-11-23T11:00:00Z", start.plusSeconds(3600).toString());
  }

  /** Somewhere, or with every attempt of one call that bills. */
  private void goWrong() {
    switch (random.nextInt(4)) {
      case 0 -> stripe.fail("POST /v1/invoiceitems", quick(), 1 + random.nextInt(3));
      case 1 -> {
        for (int i = random.nextInt(5); i >= 0; i--) {
          stripe.fail(random.nextInt(20) == 0 ? Fault.SLOW_AFTER_WORK : quick());
        }
      }
      default -> stripe.fail("POST /v1/billing/meter_events", quick(), 3);
    }
  }

  /** Mostly minutes: the hour in which a draft is open is what matters. */
  private Duration time() {
    return TIMES.get(Math.min(random.nextInt(TIMES.size()), random.nextInt(TIMES.size())));
  }

  private Fault quick() {
    List<Fault> quick = new ArrayList<>(List.of(Fault.values()));
    quick.remove(Fault.SLOW_AFTER_WORK);
    return quick.get(random.nextInt(quick.size()));
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

  private List<String> column(String sql) {
    return Database.column(sql.formatted(tenant));
  }
}
