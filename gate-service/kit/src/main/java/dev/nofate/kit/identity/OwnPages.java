package dev.nofate.kit.identity;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Whether a page of ours made a request, as browsers say it: {@code Sec-Fetch-Site}, which no proxy
 * changes and no page can set, and {@code Origin}.
 */
@ApplicationScoped
public class OwnPages {

  private static final String SAME = "same-origin";

  /** What a person did without a page: an address typed, a bookmark. */
  private static final String NO_PAGE = "none";

  private final Set<String> origins;

  OwnPages(SessionConfig config) {
    origins = Set.copyOf(config.allowedOrigins().orElse(List.of()));
  }

  /** Browsers send an Origin with everything that changes something; its absence speaks against. */
  boolean made(HttpServerRequest request) {
    return SAME.equals(site(request)) || isAllowed(origin(request));
  }

  /**
   * Whether nothing speaks against a page of the service's own, where a secret of that page comes
   * along as well: {@code Sec-Fetch-Site} decides where it is there, since proxies may change the
   * host that an Origin is compared with.
   */
  public boolean mayHaveMade(HttpServerRequest request) {
    String site = site(request);
    if (site != null) {
      return site.equals(SAME) || site.equals(NO_PAGE);
    }
    String origin = origin(request);
    return origin == null || isAllowed(origin) || isHost(origin, request.getHeader("host"));
  }

  private boolean isAllowed(String origin) {
    return origin != null && origins.contains(origin);
  }

  private static boolean isHost(String origin, String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String site(HttpServerRequest request) {
    return request.getHeader("sec-fetch-site");
  }

  private static String origin(HttpServerRequest request) {
    return request.getHeader("origin");
  }
}
