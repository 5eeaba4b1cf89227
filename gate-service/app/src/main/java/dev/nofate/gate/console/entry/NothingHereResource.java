package dev.nofate.gate.console.entry;

import dev.nofate.gate.signin.SessionMechanism;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What is asked for below the console and is not there, as a page. */
@Path("/console/{nothing: .+}")
@RolesAllowed(SessionMechanism.VISITOR)
@Produces(MediaType.TEXT_HTML)
public class NothingHereResource {

  /** Says so. */
  @GET
  public Uni<String> nothing() {
    throw ProblemException.notFound();
  }
}
