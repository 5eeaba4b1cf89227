package dev.nofate.gate.apikey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a key that is not good is remembered as such, so that repeats cost no query. */
@ConfigMapping(prefix = "nofate.unknown-keys")
public interface UnknownKeysConfig {

  /**
   * How long a refusal is repeated from memory; a key that another replica makes good again, which
   * only a configured one can be, is refused for at most this long.
   */
  @WithDefault("5S")
  Duration ttl();

  /** How many keys are remembered; beyond, the ones asked for least are forgotten. */
  @WithDefault("10000")
  int size();
}
