package dev.nofate.billing.report;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How entries are reported to the payment provider. */
@ConfigMapping(prefix = "billing.report")
public interface ReportConfig {

  /**
   * How long an attempt keeps others away without being renewed, which happens three times as
   * often. What a process that died was at is taken up after it.
   */
  @WithDefault("PT6S")
  Duration lease();

  /** Wait after the first failed attempt; doubles with each one. */
  @WithDefault("PT2S")
  Duration backOff();

  /** Longest wait between attempts. */
  @WithDefault("PT5M")
  Duration longestBackOff();

  /**
   * How long the same identifier is sent again after an unknown outcome: an hour less than the day
   * for which Stripe refuses its second arrival.
   */
  @WithDefault("PT23H")
  Duration identifierMemory();

  /**
   * How long after an event was last sent the meter's sums are not taken for complete. Stripe adds
   * up later than it accepts and names no time; an entry that waits longer loses nothing.
   */
  @WithDefault("PT1H")
  Duration summaryLag();

  /** Oldest usage that is metered: a day less than the 35 that Stripe takes. */
  @WithDefault("P34D")
  Duration oldestMetered();

  /** How long before its finalisation an ended period's draft no longer counts on new usage. */
  @WithDefault("PT10M")
  Duration draftMargin();
}
