package dev.nofate.kit.problem;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * An address that does not serve a method is answered 405 with what it serves (RFC 9110, 15.5.6),
 * whichever way the framework came to find nothing. Method and path alone decide, so the answer
 * tells nothing of what is stored.
 */
public class MethodNotAllowed {

  /** Before what makes pages of problem documents; filters of answers run from high to low. */
  private static final int EARLY = Priorities.USER + 1000;

  private final ServedMethods served;

  MethodNotAllowed(ServedMethods served) {
    this.served = served;
  }

  @ServerResponseFilter(priority = EARLY)
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!(response.getEntity() instanceof Problem problem)
        || problem.status() != ErrorCode.NOT_FOUND.status()
            && problem.status() != ErrorCode.METHOD_NOT_ALLOWED.status()) {
      return;
    }
    Set<String> methods = served.at(request.getUriInfo().getPath());
    if (!methods.isEmpty() && !methods.contains(request.getMethod())) {
      response.setStatus(ErrorCode.METHOD_NOT_ALLOWED.status());
      response.setEntity(
          Problem.of(ErrorCode.METHOD_NOT_ALLOWED, null),
          null,
          MediaType.valueOf(Problem.MEDIA_TYPE));
      response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", methods));
    }
  }
}
