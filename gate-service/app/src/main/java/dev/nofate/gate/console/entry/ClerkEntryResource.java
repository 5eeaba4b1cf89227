package dev.nofate.gate.console.entry;

import dev.nofate.gate.console.page.Back;
import dev.nofate.gate.signin.ClerkSignIns;
import dev.nofate.gate.signin.ClerkSignIns.Outcome;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import org.jboss.resteasy.reactive.RestResponse;

/** In by the identity provider: there, and back with an answer. Both addresses are fixed. */
@Path("/console/sign-in/clerk")
@Produces(MediaType.TEXT_HTML)
public class ClerkEntryResource {

  /** The prefix has browsers take it from this host alone, over TLS, for every path. */
  private static final String COOKIE = "__Host-nofate_sign_in";

  private static final int SECONDS = 600;

  private final ClerkSignIns clerk;
  private final Entry entry;
  private final EntryPage page;

  ClerkEntryResource(ClerkSignIns clerk, Entry entry, EntryPage page) {
    this.clerk = clerk;
    this.entry = entry;
    this.page = page;
  }

  /** Sends the browser to the identity provider. */
  @GET
  @PermitAll
  public RestResponse<String> begin() {
    offered();
    ClerkSignIns.Beginning beginning = clerk.begin();
    return Back.to(beginning.location()).cookie(kept(beginning.seed(), SECONDS)).build();
  }

  /** Takes its answer, once: whatever comes of it, the browser's part of the attempt is over. */
  @GET
  @PermitAll
  @Path("/return")
  public Uni<RestResponse<String>> finish(
      @CookieParam(COOKIE) String seed,
      @QueryParam("state") String state,
      @QueryParam("code") String code) {
    offered();
    return clerk
        .finish(seed, state, code)
        .chain(this::answer)
        .map(answer -> answer.cookie(kept("", 0)).build());
  }

  private Uni<RestResponse.ResponseBuilder<String>> answer(Outcome outcome) {
    return outcome instanceof Outcome.Opened opened
        ? Uni.createFrom().item(entry.welcome(opened.session(), true))
        : page.refused(((Outcome.Refused) outcome).observed());
  }

  private void offered() {
    if (!clerk.offered()) {
      throw ProblemException.notFound();
    }
  }

  private static NewCookie kept(String seed, int seconds) {
    return new NewCookie.Builder(COOKIE)
        .value(seed)
        .path("/")
        .httpOnly(true)
        .secure(true)
        .sameSite(NewCookie.SameSite.LAX)
        .maxAge(seconds)
        .build();
  }
}
