package dev.nofate.gate.console.entry;

import dev.nofate.gate.console.page.Back;
import dev.nofate.gate.console.page.Notice;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.signin.SessionMechanism;
import dev.nofate.gate.signin.SignIns;
import dev.nofate.gate.signin.Visit;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;

/** Out. */
@Path("/console/sign-out")
@RolesAllowed(SessionMechanism.VISITOR)
@Produces(MediaType.TEXT_HTML)
public class ExitResource {

  private static final String DOOR = "/console/sign-in";

  private final SignIns signIns;
  private final Visitor visitor;

  ExitResource(SignIns signIns, Visitor visitor) {
    this.signIns = signIns;
    this.visitor = visitor;
  }

  /**
   * Ends the session, here and at the other services, and says what was ended: a session of the
   * identity provider's is its own to end, and opens pages by itself or at the next sign-in.
   */
  @POST
  public Uni<RestResponse<String>> leave(@RestForm String csrf) {
    Visit visit = visitor.asks(csrf);
    return visit
        .session()
        .map(signIns::end)
        .orElseGet(() -> Uni.createFrom().voidItem())
        .map(
            done ->
                Back.to(DOOR + "?done=" + ended(visit).code())
                    .cookie(Entry.cookie("", 0, false))
                    .build());
  }

  private static Notice ended(Visit visit) {
    return visit
        .session()
        .map(
            session ->
                session.byProvider() ? Notice.SESSION_ENDED_HERE_ALONE : Notice.SESSION_ENDED)
        .orElse(Notice.SESSION_IS_ELSEWHERE);
  }
}
