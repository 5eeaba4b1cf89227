package dev.nofate.gate.health;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** billing-service's own word on whether it serves. */
@Path("/q/health/ready")
@RegisterRestClient(configKey = "billing-health")
public interface BillingHealthClient {

  /** The checks as JSON; fails with 503 while one of them is down. */
  @GET
  Uni<String> ready();
}
