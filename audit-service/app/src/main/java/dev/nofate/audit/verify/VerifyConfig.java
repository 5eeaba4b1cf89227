package dev.nofate.audit.verify;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of verifying, per replica. */
@ConfigMapping(prefix = "audit.verify")
public interface VerifyConfig {

  /** Verifications that run at the same time. */
  @WithDefault("2")
  int atOnce();

  /** Events read from the database at once: what a verification holds in memory. */
  @WithDefault("200")
  int pageEvents();

  /** What {@code Retry-After} says when as many run as may run, in whole seconds. */
  @WithDefault("PT5S")
  Duration retryAfter();
}
