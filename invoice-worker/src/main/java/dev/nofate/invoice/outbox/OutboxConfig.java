package dev.nofate.invoice.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the outbox is relayed. */
@ConfigMapping(prefix = "nofate.invoice.outbox")
public interface OutboxConfig {

  /** Events fetched at once, 1 to 500. */
  @WithDefault("200")
  int page();

  /** Tenants relayed at the same time, 1 to 64; a tenant's events go one after the other. */
  @WithDefault("8")
  int concurrency();
}
