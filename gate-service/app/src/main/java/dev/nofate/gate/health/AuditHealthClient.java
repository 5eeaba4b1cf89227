package dev.nofate.gate.health;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** audit-service's own word on whether the log takes entries. */
@Path("/q/health/ready")
@RegisterRestClient(configKey = "audit-health")
public interface AuditHealthClient {

  /** The checks as JSON; fails with 503 while one of them is down. */
  @GET
  Uni<String> ready();
}
