package dev.nofate.gate.console.entry;

import dev.nofate.gate.console.page.Back;
import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Frames;
import dev.nofate.gate.signin.SessionMechanism;
import dev.nofate.gate.signin.SignIns;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.CurrentIdentityAssociation;
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
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.resteasy.reactive.RestResponse;

/** In by a link that is good once. */
@Path("/console/sign-in")
@Produces(MediaType.TEXT_HTML)
public class EntryResource {

  private static final String HOME = "/console";

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance entry(Frame frame, boolean byLink, boolean spent);
  }

  private final SignIns signIns;
  private final Frames frames;
  private final CurrentIdentityAssociation identities;
  private final InstantSource clock;

  EntryResource(
      SignIns signIns, Frames frames, CurrentIdentityAssociation identities, InstantSource clock) {
    this.signIns = signIns;
    this.frames = frames;
    this.identities = identities;
    this.clock = clock;
  }

  /** Uses a link up and opens a session; says how one signs in where there is no link. */
  @GET
  @PermitAll
  public Uni<RestResponse<String>> enter(
      @QueryParam("token") String token, @Context HttpServerRequest request) {
    if (token == null || request.method() != HttpMethod.GET) {
      return page(false, RestResponse.Status.OK);
    }
    return signIns
        .open(token)
        .chain(
            opened ->
                opened
                    .map(session -> Uni.createFrom().item(welcome(session, request.isSSL())))
                    .orElseGet(() -> page(true, RestResponse.Status.UNAUTHORIZED)));
  }

  private Uni<RestResponse<String>> page(boolean spent, RestResponse.Status status) {
    return identities
        .getDeferredIdentity()
        .map(identity -> frames.of("Sign in", null, identity))
        .chain(frame -> Templates.entry(frame, signIns.byLink(), spent).createUni())
        .map(html -> RestResponse.ResponseBuilder.create(status, html).build());
  }

  private RestResponse<String> welcome(SignIns.Fresh session, boolean overTls) {
    long seconds = Duration.between(clock.instant(), session.expiresAt()).toSeconds();
    return Back.to(HOME).cookie(cookie(session.text(), (int) seconds, overTls)).build();
  }

  static NewCookie cookie(String value, int seconds, boolean overTls) {
    return new NewCookie.Builder(SessionMechanism.COOKIE)
        .value(value)
        .path("/console")
        .httpOnly(true)
        .secure(overTls)
        .sameSite(NewCookie.SameSite.LAX)
        .maxAge(seconds)
        .build();
  }
}
