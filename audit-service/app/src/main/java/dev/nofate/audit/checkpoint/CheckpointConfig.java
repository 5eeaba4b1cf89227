package dev.nofate.audit.checkpoint;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the log signs what it holds. */
@ConfigMapping(prefix = "audit.checkpoint")
public interface CheckpointConfig {

  /** Time between two rounds over the chains that grew. */
  @WithDefault("PT1M")
  Duration every();

  /**
   * Checkpoints of one tenant that are signed on demand within a minute, per replica. An unchanged
   * chain is not signed again and does not count.
   */
  @WithDefault("60")
  int onDemandPerMinute();

  /** Tenants whose demands are counted at once. */
  @WithDefault("10000")
  int rememberedTenants();

  /** Chains read from the database at once by a round. */
  @WithDefault("200")
  int pageChains();
}
