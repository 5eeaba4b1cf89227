package dev.nofate.meter.period;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How usage is cut into periods. */
@ConfigMapping(prefix = "nofate.meter.period")
public interface PeriodConfig {

  /** Length of a period; divides 24 hours into whole seconds ({@code METER_PERIOD}). */
  @WithDefault("PT1H")
  Duration length();
}
