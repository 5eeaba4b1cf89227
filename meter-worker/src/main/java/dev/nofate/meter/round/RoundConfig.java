package dev.nofate.meter.round;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often the worker goes round the tenants, and how wide. */
@ConfigMapping(prefix = "nofate.meter.round")
public interface RoundConfig {

  /** Time from the start of a round to the start of the next; at least 1 s ({@code METER_TICK}). */
  @WithDefault("PT5S")
  Duration tick();

  /** Tenants worked on at the same time, 1 to 64. */
  @WithDefault("8")
  int concurrency();

  /** Chains listed a page, 1 to 1000. */
  @WithDefault("500")
  int chainsPage();

  /**
   * Tenants whose reading is remembered between rounds. Those beyond are read from their last entry
   * in each round, whole periods at a time.
   */
  @WithDefault("50000")
  int rememberedTenants();

  /** How long the end of the process waits for the turns that are under way. */
  @WithDefault("PT20S")
  Duration shutdownWait();

  /** The worker counts as ready while its last turn or complete round is not older than this. */
  @WithDefault("PT2M")
  Duration readyFor();
}
