package dev.nofate.gate.tally;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The hourly counts behind the console's pictures. */
@ConfigMapping(prefix = "nofate.tally")
public interface TallyConfig {

  /** How often a replica adds what it counted to the table. */
  @WithDefault("3S")
  Duration every();

  /** How many counts of tenant, hour and reason a replica holds; more are not counted. */
  @WithDefault("50000")
  int held();
}
