package dev.nofate.gate.evaluate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of deriving stored evaluations again in the background, in each replica. */
@ConfigMapping(prefix = "nofate.reexecution")
public interface ReexecutionConfig {

  /** The time between two rounds, as the scheduler reads it. */
  @WithDefault("5m")
  String every();

  /** Evaluations of a round. */
  @WithDefault("20")
  int evaluations();

  /** How far back the moment lies at most whose evaluations a round takes. */
  @WithDefault("P30D")
  Duration window();
}
