package dev.nofate.billing.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.provider.PaymentProvider.BillingCycle;
import dev.nofate.billing.provider.PaymentProvider.Usage;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole table: what is in doubt, what would bill it, how long ago it was sent. */
class RouteTest {

  private static final Instant NOW = Instant.parse("2026-12-01T00:30:00Z");
  private static final Instant MONTH = Instant.parse("2026-12-01T00:00:00Z");
  private static final Instant LAST_MONTH = Instant.parse("2026-11-01T00:00:00Z");
  private static final ReportConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(ReportConfig.class)
          .build()
          .getConfigMapping(ReportConfig.class);

  private final Usage usage = new Usage("cus_1", "sha256:0", 24, MONTH.minusSeconds(1));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "SAME_PERIOD, Send[channel=METER_EVENT]",
    "OPEN_DRAFT, Send[channel=METER_EVENT]",
    "DRAFT_ABOUT_TO_BE_FINAL, Send[channel=INVOICE_ITEM]",
    "FINAL, Send[channel=INVOICE_ITEM]",
    "REPLACED, Send[channel=INVOICE_ITEM]",
    "NOWHERE, Refuse[why=the subscription has ended]",
  })
  void ofUsageThatIsCertainlyNotThere(Where where, String step) {
    assertThat(route().unsent(where.billing())).hasToString(step);
  }

  @ParameterizedTest(name = "{0}, first sent {1} ago, last sent {2} ago: {3}")
  @CsvSource({
    // Billed still, and the identifier is remembered: the same again.
    "SAME_PERIOD, PT1H, PT1M, Send[channel=METER_EVENT]",
    "SAME_PERIOD, PT22H59M, PT1M, Send[channel=METER_EVENT]",
    "OPEN_DRAFT, PT1H, PT1M, Send[channel=METER_EVENT]",
    // The identifier may be forgotten.
    "SAME_PERIOD, PT23H, PT1M, Wait[until=2026-12-01T01:29:00Z]",
    "SAME_PERIOD, PT23H, PT1H, AskTheMeter[]",
    // Nothing bills it any more, or not for certain.
    "DRAFT_ABOUT_TO_BE_FINAL, PT1M, PT1M, Wait[until=2026-12-01T01:29:00Z]",
    "DRAFT_ABOUT_TO_BE_FINAL, PT2H, PT1H, AskTheMeter[]",
    "FINAL, PT59M, PT59M, Wait[until=2026-12-01T00:31:00Z]",
    "FINAL, PT2H, PT1H, AskTheMeter[]",
    "REPLACED, PT1M, PT1M, Wait[until=2026-12-01T01:29:00Z]",
    "REPLACED, PT2H, PT1H, AskTheMeter[]",
    "NOWHERE, PT1M, PT1M, Wait[until=2026-12-01T01:29:00Z]",
    "NOWHERE, PT2H, PT1H, AskTheMeter[]",
    // Sent before it was noted when last: at most until the identifier's memory ended.
    "SAME_PERIOD, PT1H, , Send[channel=METER_EVENT]",
    "FINAL, PT23H30M, , Wait[until=2026-12-01T01:00:00Z]",
    "FINAL, PT24H, , AskTheMeter[]",
  })
  void ofUsageThatMayHaveBeenMetered(Where where, Duration first, Duration last, String step) {
    assertThat(route().metered(doubt(Channel.METER_EVENT, first, last), where.billing()))
        .hasToString(step);
  }

  @ParameterizedTest(name = "{0} with {1} cents unexplained: {2}")
  @CsvSource({
    "SAME_PERIOD, 24, Metered",
    "OPEN_DRAFT, 24, Metered",
    "DRAFT_ABOUT_TO_BE_FINAL, 24, Metered",
    "FINAL, 24, Metered",
    "REPLACED, 24, Hold",
    "NOWHERE, 24, Hold",
    "SAME_PERIOD, 0, Forget",
    "FINAL, 0, Forget",
    "REPLACED, 0, Forget",
    "NOWHERE, 0, Forget",
    "FINAL, 7, Hold",
    "FINAL, 48, Hold",
    "FINAL, -24, Hold",
  })
  void ofUsageThatTheMetersSumsTellOf(Where where, long unexplained, String step) {
    Doubt doubt = doubt(Channel.METER_EVENT, Duration.ofHours(2), Duration.ofHours(1));

    assertThat(route().asked(unexplained, doubt, where.billing()).getClass().getSimpleName())
        .isEqualTo(step);
  }

  @ParameterizedTest(name = "first sent {0} ago, last sent {1} ago: {2}")
  @CsvSource({
    "PT1M, PT1M, Send[channel=INVOICE_ITEM]",
    "PT22H59M, PT1M, Send[channel=INVOICE_ITEM]",
    "PT23H, PT1M, Wait[until=2026-12-01T01:29:00Z]",
    "PT25H, PT1H, Forget[]",
  })
  void ofUsageThatMayBeAnItemAndWasNotFound(Duration first, Duration last, String step) {
    assertThat(route().item(doubt(Channel.INVOICE_ITEM, first, last))).hasToString(step);
  }

  @Test
  void usageThatStripeDoesNotMeterAnyMoreIsAnItem() {
    Usage old = new Usage("cus_1", "sha256:0", 24, NOW.minus(Duration.ofDays(34)).minusSeconds(1));

    assertThat(new Route(CONFIG, old, NOW).unsent(Where.SAME_PERIOD.billing()))
        .isEqualTo(new Step.Send(Channel.INVOICE_ITEM));
  }

  private Route route() {
    return new Route(CONFIG, usage, NOW);
  }

  private static Doubt doubt(Channel channel, Duration first, Duration last) {
    return new Doubt(channel, NOW.minus(first), last == null ? null : NOW.minus(last), "sub_1");
  }

  /** What would bill the usage. */
  enum Where {
    SAME_PERIOD("sub_1", LAST_MONTH, null),
    OPEN_DRAFT("sub_1", MONTH, NOW.plusSeconds(601)),
    DRAFT_ABOUT_TO_BE_FINAL("sub_1", MONTH, NOW.plusSeconds(600)),
    FINAL("sub_1", MONTH, null),
    REPLACED("sub_2", MONTH, null),
    NOWHERE(null, null, null);

    private final String subscription;
    private final Instant start;
    private final Instant draftUntil;

    Where(String subscription, Instant start, Instant draftUntil) {
      this.subscription = subscription;
      this.start = start;
      this.draftUntil = draftUntil;
    }

    Billing billing() {
      return subscription == null
          ? new Billing.Nowhere("the subscription has ended")
          : new Billing.Open(
              subscription,
              new BillingCycle(
                  "active", true, start, draftUntil == null ? null : LAST_MONTH, draftUntil));
    }
  }
}
