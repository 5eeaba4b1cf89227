package dev.nofate.invoice.round;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often the worker looks. */
@ConfigMapping(prefix = "nofate.invoice.round")
public interface RoundConfig {

  /**
   * Time from the start of a round to the start of the next; at least 1 s ({@code INVOICE_TICK}).
   */
  @WithDefault("PT1S")
  Duration tick();

  /** How long the end of the process waits for the round that is under way. */
  @WithDefault("PT20S")
  Duration shutdownWait();

  /** The worker counts as ready while its last round without a failure is not older than this. */
  @WithDefault("PT1M")
  Duration readyFor();
}
