package dev.nofate.gate.console.entry;

import dev.nofate.gate.signin.SignIns;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** In by a link that is good once. */
@Path("/console/sign-in")
@Produces(MediaType.TEXT_HTML)
public class EntryResource {

  private final SignIns signIns;
  private final Entry entry;
  private final EntryPage page;

  EntryResource(SignIns signIns, Entry entry, EntryPage page) {
    this.signIns = signIns;
    this.entry = entry;
    this.page = page;
  }

  /** Uses a link up and opens a session; says how one signs in where there is no link. */
  @GET
  @PermitAll
  public Uni<RestResponse<String>> enter(
      @QueryParam("token") String token, @Context HttpServerRequest request) {
    if (token == null || request.method() != HttpMethod.GET) {
      return page.plain().map(RestResponse.ResponseBuilder::build);
    }
    return signIns
        .open(token)
        .chain(
            opened ->
                opened
                    .map(session -> Uni.createFrom().item(entry.welcome(session, request.isSSL())))
                    .orElseGet(
                        () ->
                            page.refused(
                                "The link was not accepted. A link is good once and for a short"
                                    + " time.")))
        .map(RestResponse.ResponseBuilder::build);
  }
}
