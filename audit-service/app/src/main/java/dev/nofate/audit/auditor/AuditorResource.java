package dev.nofate.audit.auditor;

import dev.nofate.audit.contract.AuditorApi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Tells gate-service what the auditor found over all chains. */
@RolesAllowed("service:gate-service")
public class AuditorResource implements AuditorApi {

  private final ProgressStore progress;

  AuditorResource(ProgressStore progress) {
    this.progress = progress;
  }

  @Override
  @Operation(hidden = true)
  public Uni<AuditorSums> sums() {
    return progress.sums();
  }
}
