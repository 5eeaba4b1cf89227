package dev.nofate.audit.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of exporting. */
@ConfigMapping(prefix = "audit.export")
public interface ExportConfig {

  /** Events read from the database at once: what an export holds in memory. */
  @WithDefault("200")
  int pageEvents();

  /** Exports that are written at the same time, per replica. */
  @WithDefault("8")
  int running();

  /** Of them, a tenant's. */
  @WithDefault("2")
  int runningPerTenant();

  /** What {@code Retry-After} says when as many run as may run, in whole seconds. */
  @WithDefault("PT5S")
  Duration retryAfter();
}
