package dev.nofate.audit.auditor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the auditor may spend. One audits at a time, however many replicas there are. */
@ConfigMapping(prefix = "audit.auditor")
public interface AuditorConfig {

  /** Time between two rounds. */
  @WithDefault("PT10S")
  Duration every();

  /** Events that are hashed anew, on average. */
  @WithDefault("2000")
  int eventsPerSecond();

  /** Events read from the database at once. */
  @WithDefault("500")
  int pageEvents();

  /** Chains visited in a round. */
  @WithDefault("200")
  int chainsPerRound();

  /** Time from one start at a chain's first event to the next; between, what is new is followed. */
  @WithDefault("PT1H")
  Duration startsAgainAfter();
}
