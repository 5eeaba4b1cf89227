package dev.nofate.gate.console.page;

import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.signin.ClerkSignIns;
import dev.nofate.gate.signin.SignIns;
import dev.nofate.gate.signin.Visit;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What ends a request early, as a page: the same words as in the API's problem document. */
public class ProblemHtml {

  private static final int UNAUTHORIZED = 401;

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance problem(Frame frame, Problem problem);

    static native TemplateInstance stranger(Frame frame, boolean byLink, boolean byClerk);
  }

  private final Frames frames;
  private final SignIns signIns;
  private final ClerkSignIns clerk;

  ProblemHtml(Frames frames, SignIns signIns, ClerkSignIns clerk) {
    this.frames = frames;
    this.signIns = signIns;
    this.clerk = clerk;
  }

  /** Renders the problem where a page was asked for. */
  @ServerResponseFilter
  public void filter(
      ContainerRequestContext request, ContainerResponseContext response, RoutingContext context) {
    if (isConsole(request) && response.getEntity() instanceof Problem problem) {
      Optional<Visit> visit = visit(context);
      TemplateInstance page =
          problem.status() == UNAUTHORIZED
              ? Templates.stranger(
                  frames.of("Sign in", null, Optional.empty()), signIns.byLink(), clerk.offered())
              : Templates.problem(frames.of(problem.title(), null, visit), problem);
      response.setEntity(page.render(), null, MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
    }
  }

  private static boolean isConsole(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    return path.equals("/console") || path.startsWith("/console/");
  }

  private static Optional<Visit> visit(RoutingContext context) {
    return context.user() instanceof QuarkusHttpUser user
        ? Visit.of(user.getSecurityIdentity())
        : Optional.empty();
  }
}
