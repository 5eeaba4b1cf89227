package dev.nofate.meter.recount;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How filed entries are compared with their chain ranges. */
@ConfigMapping(prefix = "nofate.meter.recount")
public interface RecountConfig {

  /** Time from the start of one pass to the start of the next ({@code METER_RECOUNT_TICK}). */
  @WithDefault("PT30S")
  Duration tick();

  /** Entries asked for at once, 1 to 100. */
  @WithDefault("20")
  int batch();

  /** Batches a pass at most. */
  @WithDefault("25")
  int batchesPerPass();

  /** How long the end of the process waits for the count that is under way. */
  @WithDefault("PT20S")
  Duration shutdownWait();
}
