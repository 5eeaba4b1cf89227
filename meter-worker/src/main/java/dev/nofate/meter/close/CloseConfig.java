package dev.nofate.meter.close;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of one tenant's turn, so that a tenant far behind does not keep the others waiting. */
@ConfigMapping(prefix = "nofate.meter.close")
public interface CloseConfig {

  /** Periods closed a turn at most. */
  @WithDefault("48")
  int periodsPerTurn();

  /** Pages of 1000 events read a turn at most; the next turn goes on where this one stopped. */
  @WithDefault("500")
  int pagesPerTurn();
}
