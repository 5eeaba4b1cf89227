package dev.nofate.audit.auditor;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.HealthGroup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Down when a chain differs: a matter for people, not a reason to send no requests here. */
@HealthGroup("audit")
@ApplicationScoped
class ChainsCheck implements AsyncHealthCheck {

  private static final String NAME = "chains are what they were";

  private final ProgressStore progress;

  ChainsCheck(ProgressStore progress) {
    this.progress = progress;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return progress
        .differing()
        .map(
            count ->
                HealthCheckResponse.named(NAME)
                    .status(count == 0)
                    .withData("differing", count)
                    .build())
        .onFailure()
        .recoverWithItem(
            failure ->
                HealthCheckResponse.named(NAME)
                    .down()
                    .withData("observed", "the database did not answer")
                    .build());
  }
}
