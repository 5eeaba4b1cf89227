package dev.nofate.kit.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a known caller is remembered: the bound on how long a revoked key stays good. */
@ConfigMapping(prefix = "nofate.caller-cache")
public interface CallerCacheConfig {

  /** How long a positive answer is kept; a revocation takes at most this long. */
  @WithDefault("20S")
  Duration ttl();

  /** How many callers are kept. */
  @WithDefault("10000")
  int size();
}
