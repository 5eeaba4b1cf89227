package dev.nofate.gate.signin;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Users in the identity provider's Backend API; each call is shown its secret key as bearer. */
@RegisterRestClient(configKey = "clerk-users")
@Path("/v1/users/{id}")
@Produces(MediaType.APPLICATION_JSON)
public interface ClerkUsers {

  /** A user; 404 when there is none. */
  @GET
  Uni<JsonNode> user(@HeaderParam("Authorization") String key, @PathParam("id") String id);

  /** The first memberships of a user, in {@code data}. */
  @GET
  @Path("/organization_memberships")
  Uni<JsonNode> memberships(
      @HeaderParam("Authorization") String key,
      @PathParam("id") String id,
      @QueryParam("limit") int limit);
}
