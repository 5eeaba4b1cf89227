package dev.nofate.meter.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of a call to another service. */
@ConfigMapping(prefix = "nofate.meter.call")
public interface CallConfig {

  /** How long an answer is waited for, connecting included; the tenant's next turn asks again. */
  @WithDefault("PT10S")
  Duration timeout();
}
