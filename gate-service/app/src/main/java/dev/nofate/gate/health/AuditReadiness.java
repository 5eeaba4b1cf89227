package dev.nofate.gate.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Ready while the audit log can be written: without it no evaluation has an answer. */
@Readiness
@ApplicationScoped
class AuditReadiness implements AsyncHealthCheck {

  private static final String NAME = "audit log";

  private final AuditHealthClient audit;

  AuditReadiness(@RestClient AuditHealthClient audit) {
    this.audit = audit;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return audit
        .ready()
        .map(checks -> HealthCheckResponse.named(NAME).up().build())
        .onFailure()
        .recoverWithItem(HealthCheckResponse.named(NAME).down().build());
  }
}
