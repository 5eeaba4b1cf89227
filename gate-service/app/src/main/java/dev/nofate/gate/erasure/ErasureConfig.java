package dev.nofate.gate.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of erasing contents. How often the sweeper runs is {@code nofate.erasure.every}. */
@ConfigMapping(prefix = "nofate.erasure")
public interface ErasureConfig {

  /** The time between two runs of the sweeper, as the scheduler reads it. */
  @WithDefault("60s")
  String every();

  /** Contents erased by one statement and recorded by one append; at most 100. */
  @WithDefault("100")
  int batchSize();

  /** Statements of one request. */
  @WithDefault("10")
  int batches();

  /** How long one run of the sweeper goes on while something is due. */
  @WithDefault("PT45S")
  Duration time();
}
