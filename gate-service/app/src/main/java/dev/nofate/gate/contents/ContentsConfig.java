package dev.nofate.gate.contents;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of fetching stored requests. */
@ConfigMapping(prefix = "nofate.contents")
public interface ContentsConfig {

  /** Evaluations read at once, with their requests: what a fetch holds in memory. */
  @WithDefault("20")
  int page();

  /** Fetches that run at the same time in one replica. */
  @WithDefault("2")
  int running();

  /** Fetches of one tenant that run at the same time in one replica. */
  @WithDefault("1")
  int runningPerTenant();
}
