package dev.nofate.meter.period;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Time for the other features: the calendar, refused at start when it is none, and the clock. */
final class PeriodBeans {

  private PeriodBeans() {}

  @Produces
  @Singleton
  @Startup
  static PeriodCalendar calendar(PeriodConfig config) {
    return new PeriodCalendar(config.length());
  }

  /** Only a hint of when it is worth asking: whether a period is over, the log's clock decides. */
  @Produces
  @Singleton
  static Clock clock() {
    return Clock.systemUTC();
  }
}
