package dev.nofate.invoice.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How stored events are claimed. */
@ConfigMapping(prefix = "nofate.invoice.event")
public interface EventConfig {

  /** Events claimed at once that tell of invoices, 1 to 100. */
  @WithDefault("20")
  int batch();

  /**
   * Events claimed at once among those that may have the payment provider asked: so few that the
   * last one's turn comes within the lease, however slow the provider is.
   */
  @WithDefault("3")
  int batchOfNotices();

  /** How long claimed events stay this worker's. A worker that dies holds them so long. */
  @WithDefault("PT15S")
  Duration lease();
}
