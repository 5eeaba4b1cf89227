package dev.nofate.gate.console.status;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Whether audit-service is ready. */
@Path("/q/health/ready")
@RegisterRestClient(configKey = "console-audit")
interface AuditHealth {

  @GET
  Uni<String> ready();
}
