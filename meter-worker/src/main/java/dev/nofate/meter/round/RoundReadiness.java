package dev.nofate.meter.round;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while rounds make headway, which takes an audit log that answers. */
@Readiness
public class RoundReadiness implements HealthCheck {

  private final RoundSchedule schedule;

  public RoundReadiness(RoundSchedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("meter rounds")
        .status(schedule.isCurrent())
        .withData("lag_seconds", Math.round(schedule.lagSeconds()))
        .build();
  }
}
