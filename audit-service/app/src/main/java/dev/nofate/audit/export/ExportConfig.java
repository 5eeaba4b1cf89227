package dev.nofate.audit.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The bounds of exporting. */
@ConfigMapping(prefix = "audit.export")
public interface ExportConfig {

  /** Events read from the database at once: what an export holds in memory. */
  @WithDefault("200")
  int pageEvents();
}
