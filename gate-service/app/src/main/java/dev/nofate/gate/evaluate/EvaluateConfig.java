package dev.nofate.gate.evaluate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of an evaluation. */
@ConfigMapping(prefix = "nofate.evaluate")
public interface EvaluateConfig {

  /** Bodies up to this many bytes are decided on the event loop, larger ones by a worker thread. */
  @WithDefault("32768")
  int eventLoopBytes();

  /** Rulesets of up to this many rules are decided on the event loop, larger ones by a worker. */
  @WithDefault("50")
  int eventLoopRules();

  /** Items of one batch, at most the 100 appends that the log takes at once. */
  @WithDefault("100")
  int batchItems();

  /** Evaluations that one page of the list looks at where no index answers the whole filter. */
  @WithDefault("20000")
  int historyWalk();
}
