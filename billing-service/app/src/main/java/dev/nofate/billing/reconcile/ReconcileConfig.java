package dev.nofate.billing.reconcile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the ledger is compared with the chains. */
@ConfigMapping(prefix = "billing.reconcile")
public interface ReconcileConfig {

  /** How often the gauges of differences are read from the database. */
  @WithDefault("PT1M")
  Duration gaugeEvery();

  /** After this time an entry that was counted and did not differ is counted again. */
  @WithDefault("P7D")
  Duration again();

  /**
   * After this time an entry that differed is counted again: answers may have been stored since.
   * Each wait is as long as all before it since the filing, so they double.
   */
  @WithDefault("PT1M")
  Duration againWhenDifferent();

  /** The longest of those waits. */
  @WithDefault("PT1H")
  Duration againWhenDifferentAtMost();

  /** How long an entry that was handed out for counting is kept from others. */
  @WithDefault("PT1M")
  Duration handedOutFor();

  /**
   * How long after the end of a month its reported usage may be on no invoice. Stripe finalises one
   * an hour after the period that it bills, and the next look at the account reads its lines.
   */
  @WithDefault("P1D")
  Duration unbilledAfter();
}
