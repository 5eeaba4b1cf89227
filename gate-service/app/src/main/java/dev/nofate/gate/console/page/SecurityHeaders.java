package dev.nofate.gate.console.page;

import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What every page says to browsers: only the service's own style and script, nothing inline. */
public class SecurityHeaders {

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** For pages: nothing of them is kept by browsers or in between. */
  @ServerResponseFilter
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (isConsole(request)) {
      MultivaluedMap<String, Object> headers = response.getHeaders();
      headers.putSingle("Content-Security-Policy", POLICY);
      headers.putSingle("X-Content-Type-Options", "nosniff");
      headers.putSingle("X-Frame-Options", "DENY");
      headers.putSingle("Referrer-Policy", "same-origin");
      headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
      headers.putSingle("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
      headers.putSingle("Cache-Control", "no-store");
    }
  }

  static void ofAssets(HttpServerResponse response) {
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
  }

  static boolean isConsole(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    return path.equals("/console") || path.startsWith("/console/");
  }
}
