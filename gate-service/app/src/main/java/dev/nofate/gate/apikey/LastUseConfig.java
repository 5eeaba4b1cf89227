package dev.nofate.gate.apikey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often it is written when keys were last used. */
@ConfigMapping(prefix = "nofate.last-use")
public interface LastUseConfig {

  /** Time between two writes: what a list shows may be that old. */
  @WithDefault("60s")
  String every();

  /** Keys noted between two writes; beyond, further ones are noted the next time. */
  @WithDefault("10000")
  int keys();
}
