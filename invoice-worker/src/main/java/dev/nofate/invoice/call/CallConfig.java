package dev.nofate.invoice.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of a call to another service. */
@ConfigMapping(prefix = "nofate.invoice.call")
public interface CallConfig {

  /** How long an answer is waited for, connecting included; the next round asks again. */
  @WithDefault("PT5S")
  Duration timeout();
}
