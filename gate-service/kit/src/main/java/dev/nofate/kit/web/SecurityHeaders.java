package dev.nofate.kit.web;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * The header fields that every answer carries, whoever gives it. They are set here alone: what a
 * resource says again would stand in the answer twice.
 */
final class SecurityHeaders {

  private static final String CONSOLE = "/console";

  private final WebConfig config;

  SecurityHeaders(WebConfig config) {
    this.config = config;
  }

  void add(RoutingContext context) {
    MultiMap headers = context.response().headers();
    of(context.request().path()).forEach(headers::set);
    context.next();
  }

  /** By name, the fields of an answer about this path. */
  Map<String, String> of(String path) {
    return Map.of(
        "X-Content-Type-Options", "nosniff",
        "X-Frame-Options", "DENY",
        "Referrer-Policy", referrer(path),
        "Cross-Origin-Opener-Policy", "same-origin",
        "Cross-Origin-Resource-Policy", "same-origin",
        "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
        "Strict-Transport-Security", config.strictTransportSecurity(),
        "Content-Security-Policy", policy(path),
        "Cache-Control", caching(path));
  }

  /**
   * What a page with a form repeats of a request, packed together with the form's token, would tell
   * the token by its length (BREACH), so nobody on the way may pack it.
   */
  private static String caching(String path) {
    return covers(CONSOLE, path) && !covers(CONSOLE + "/assets", path)
        ? "no-store, no-transform"
        : "no-store";
  }

  /** Without a referrer at all, browsers would send the console's forms from a nameless origin. */
  private static String referrer(String path) {
    return covers(CONSOLE, path) ? "same-origin" : "no-referrer";
  }

  private String policy(String path) {
    if (covers(CONSOLE, path)) {
      return config.consolePolicy();
    }
    return covers("/q/swagger-ui", path) ? config.swaggerPolicy() : config.apiPolicy();
  }

  private static boolean covers(String prefix, String path) {
    return path != null && (path.equals(prefix) || path.startsWith(prefix + "/"));
  }
}
