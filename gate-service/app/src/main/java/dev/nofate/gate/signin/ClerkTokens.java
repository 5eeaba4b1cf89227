package dev.nofate.gate.signin;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The token endpoint of the identity provider (RFC 6749, 4.1.3; RFC 7636, 4.5). */
@RegisterRestClient(configKey = "clerk-tokens")
@Path("/oauth/token")
public interface ClerkTokens {

  /**
   * Exchanges a code, which is good once; {@code id_token} of the answer says whose it was.
   *
   * @param issuer the issuer's own address, which the endpoint is below
   * @param client {@code Basic}, the application's id and secret
   */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  Uni<JsonNode> exchange(
      @Url String issuer,
      @HeaderParam("Authorization") String client,
      @FormParam("grant_type") String grant,
      @FormParam("code") String code,
      @FormParam("redirect_uri") String redirect,
      @FormParam("code_verifier") String verifier);
}
