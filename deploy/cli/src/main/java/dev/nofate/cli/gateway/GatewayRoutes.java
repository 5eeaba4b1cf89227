package dev.nofate.cli.gateway;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which service answers a request target. A path is forwarded only in its one plain spelling: what
 * another parser could read as a different path (dot segments, empty segments, parameters behind a
 * semicolon, encoded letters or separators) has no route. So a prefix comparison is exact, and
 * {@code /internal} is out of reach by construction: only named prefixes have a route at all.
 */
final class GatewayRoutes {

  /** The services with public paths. */
  enum Backend {
    GATE,
    AUDIT,
    BILLING
  }

  private record Route(String prefix, Backend backend) {
    boolean covers(String path) {
      return path.equals(prefix) || path.startsWith(prefix + "/");
    }
  }

  /** The first that covers a path counts. */
  private static final List<Route> ROUTES =
      List.of(
          new Route("/v1/audit", Backend.AUDIT),
          new Route("/v1/billing", Backend.BILLING),
          new Route("/webhooks/stripe", Backend.BILLING),
          new Route("/v1", Backend.GATE),
          new Route("/q/openapi", Backend.GATE),
          new Route("/q/swagger-ui", Backend.GATE),
          new Route("/.well-known/no-fate/audit-keys", Backend.AUDIT),
          new Route("/.well-known/no-fate", Backend.GATE),
          new Route("/console", Backend.GATE));

  /**
   * An encoded octet that another parser could not take for a letter, a digit, a dot or a
   * separator.
   */
  private static final String HARMLESS =
      "(?i:2[0-2]|24|2[6-9A-C]|3[AC-E]|40|5[BDE]|60|7[B-D]|[89A-F][0-9A-F])";

  /** What makes a path something else than the one plain spelling of itself. */
  private static final Pattern ALIEN =
      Pattern.compile("[^A-Za-z0-9\\-._~!$&'()*+,=:@%/]|%(?!" + HARMLESS + ")|//|/\\.{1,2}(?:/|$)");

  private GatewayRoutes() {}

  /**
   * The service for a request target in origin form, query included; empty when nothing public has
   * this address.
   */
  static Optional<Backend> of(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    if (!path.startsWith("/") || ALIEN.matcher(path).find()) {
      return Optional.empty();
    }
    return ROUTES.stream().filter(route -> route.covers(path)).map(Route::backend).findFirst();
  }
}
