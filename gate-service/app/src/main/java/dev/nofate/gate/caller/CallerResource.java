package dev.nofate.gate.caller;

import dev.nofate.kit.identity.CurrentCaller;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the services know of whoever asks. */
@Path("/v1/caller")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Caller")
public class CallerResource {

  private final CurrentCaller caller;

  CallerResource(CurrentCaller caller) {
    this.caller = caller;
  }

  @GET
  @Operation(
      summary = "Shows whose the credential is and what it may do",
      description =
          "For a session it shows csrf_token too: requests that change something and come with the"
              + " cookie __session carry it in the header X-CSRF-Token.")
  public CallerView show() {
    return CallerView.of(caller.get());
  }
}
