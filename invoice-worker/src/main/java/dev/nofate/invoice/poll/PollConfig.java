package dev.nofate.invoice.poll;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often invoices are looked after, whatever webhooks arrive. */
@ConfigMapping(prefix = "nofate.invoice.poll")
public interface PollConfig {

  /**
   * Time from one look to the next; billing-service decides which accounts are due, a few a look
   * ({@code INVOICE_POLL_TICK}).
   */
  @WithDefault("PT5S")
  Duration tick();

  /** Time to the next look after one that the payment provider did not answer. */
  @WithDefault("PT1M")
  Duration afterFailure();
}
