package dev.nofate.invoice.round;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while billing-service answers. Events that the audit log does not take are counted instead.
 */
@Readiness
public class RoundReadiness implements HealthCheck {

  private final Rounds rounds;

  public RoundReadiness(Rounds rounds) {
    this.rounds = rounds;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("invoice rounds").status(rounds.areCurrent()).build();
  }
}
