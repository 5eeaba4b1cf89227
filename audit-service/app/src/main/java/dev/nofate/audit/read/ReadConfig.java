package dev.nofate.audit.read;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The bounds of reading pages. */
@ConfigMapping(prefix = "audit.read")
public interface ReadConfig {

  /** Items on a page when the request names no limit. */
  @WithDefault("100")
  int defaultLimit();

  /** Largest limit that a request may name. */
  @WithDefault("1000")
  int largestLimit();
}
