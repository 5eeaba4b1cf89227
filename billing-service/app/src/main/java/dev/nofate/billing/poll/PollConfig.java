package dev.nofate.billing.poll;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How invoices are looked after at the payment provider, whatever webhooks arrive. */
@ConfigMapping(prefix = "billing.poll")
public interface PollConfig {

  /** {@code INVOICE_POLL_INTERVAL}: an account's invoices are looked at no more often than this. */
  @WithDefault("PT15M")
  Duration interval();

  /** Accounts a call, one after the other. */
  @WithDefault("5")
  int accounts();

  /**
   * After this time of a call no further account's turn begins, so that the caller hears of those
   * that were looked at while the provider is slow.
   */
  @WithDefault("PT2S")
  Duration time();

  /** How far back invoices are looked for; further while an older one is known to be unpaid. */
  @WithDefault("P40D")
  Duration lookBack();
}
