package dev.nofate.audit.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of the readiness check. */
@ConfigMapping(prefix = "audit.health")
public interface HealthConfig {

  /** How long the database may take to answer. */
  @WithDefault("PT2S")
  Duration timeout();
}
