package dev.nofate.invoice.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How stored events are claimed. */
@ConfigMapping(prefix = "nofate.invoice.event")
public interface EventConfig {

  /** Events claimed at once, 1 to 100. */
  @WithDefault("20")
  int batch();

  /** Claims a round at most, so that grace periods and the outbox have their turn. */
  @WithDefault("10")
  int batchesPerRound();

  /** How long claimed events stay this worker's. A worker that dies holds them so long. */
  @WithDefault("PT15S")
  Duration lease();
}
