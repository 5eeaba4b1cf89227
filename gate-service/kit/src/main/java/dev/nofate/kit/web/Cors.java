package dev.nofate.kit.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Lets pages of listed origins read answers. Any other origin gets the same answer without the
 * permission to read it, which leaves pages of the service's own origin alone also behind a proxy
 * that changes scheme or port; the framework's filter would refuse those.
 */
final class Cors {

  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
  private static final String REQUEST_HEADERS =
      "Accept, Authorization, Content-Type, Idempotency-Key, X-Api-Key, X-Csrf-Token";
  private static final String ANSWER_HEADERS =
      "Idempotent-Replayed, Link, RateLimit, RateLimit-Policy, Retry-After, Server-Timing";

  private final Set<String> origins;
  private final String maxAgeSeconds;

  Cors(WebConfig config) {
    origins = Set.copyOf(config.corsOrigins().orElse(java.util.List.of()));
    maxAgeSeconds = Long.toString(config.corsMaxAge().toSeconds());
  }

  void answer(RoutingContext context) {
    String origin = context.request().getHeader("Origin");
    if (origins.isEmpty() || origin == null) {
      context.next();
      return;
    }
    MultiMap headers = context.response().headers();
    headers.add("Vary", "Origin");
    if (!origins.contains(origin)) {
      context.next();
      return;
    }
    headers.set("Access-Control-Allow-Origin", origin);
    headers.set("Access-Control-Expose-Headers", ANSWER_HEADERS);
    headers.set("Cross-Origin-Resource-Policy", "cross-origin");
    if (isPreflight(context)) {
      headers.set("Access-Control-Allow-Methods", METHODS);
      headers.set("Access-Control-Allow-Headers", REQUEST_HEADERS);
      headers.set("Access-Control-Max-Age", maxAgeSeconds);
      context.response().setStatusCode(204).end();
    } else {
      context.next();
    }
  }

  private static boolean isPreflight(RoutingContext context) {
    return context.request().method().equals(HttpMethod.OPTIONS)
        && context.request().getHeader("Access-Control-Request-Method") != null;
  }
}
