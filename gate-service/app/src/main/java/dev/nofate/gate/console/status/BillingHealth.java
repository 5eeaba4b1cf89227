package dev.nofate.gate.console.status;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Whether billing-service is ready. */
@Path("/q/health/ready")
@RegisterRestClient(configKey = "console-billing")
interface BillingHealth {

  @GET
  Uni<String> ready();
}
