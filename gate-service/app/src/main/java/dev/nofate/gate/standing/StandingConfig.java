package dev.nofate.gate.standing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the gate keeps up with accounts' standing. */
@ConfigMapping(prefix = "nofate.standing")
public interface StandingConfig {

  /** Age from which a standing is asked for again: the bound on how late a change can arrive. */
  @WithDefault("3S")
  Duration freshFor();

  /** How long billing-service is waited for before the last known standing is used. */
  @WithDefault("0.5S")
  Duration askTimeout();

  /** How many accounts' standing is kept. */
  @WithDefault("100000")
  int size();
}
