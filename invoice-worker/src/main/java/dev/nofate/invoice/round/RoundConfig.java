package dev.nofate.invoice.round;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often the worker looks. */
@ConfigMapping(prefix = "nofate.invoice.round")
public interface RoundConfig {

  /**
   * Time from the start of a part's round to the start of its next; at least 1 s ({@code
   * INVOICE_TICK}).
   */
  @WithDefault("PT1S")
  Duration tick();

  /** How long the end of the process waits for the steps that are under way. */
  @WithDefault("PT20S")
  Duration shutdownWait();

  /**
   * The worker counts as ready while no vital part had its last good round longer ago than this.
   */
  @WithDefault("PT1M")
  Duration readyFor();
}
