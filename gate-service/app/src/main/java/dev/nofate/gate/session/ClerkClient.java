package dev.nofate.gate.session;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The public keys that an issuer of sessions publishes. */
@RegisterRestClient(configKey = "clerk")
@Path("/.well-known/jwks.json")
public interface ClerkClient {

  /**
   * A JWK set (RFC 7517).
   *
   * @param issuer the issuer's own address, which the set is below
   */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  Uni<String> keys(@Url String issuer);
}
