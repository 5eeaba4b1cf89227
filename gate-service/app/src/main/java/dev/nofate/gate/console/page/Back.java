package dev.nofate.gate.console.page;

import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The page that something leads to, so that a reload does nothing again. Its address is a path, as
 * it stands: {@code location} and {@code seeOther} of the framework would put before it the host
 * and port that this service was asked under, which behind a proxy are not the browser's.
 */
public final class Back {

  private Back() {}

  /** After a change, with a word about it. */
  public static RestResponse<String> to(String page, Notice notice) {
    return to(page + "?done=" + notice.code()).build();
  }

  /** To a page of the console. */
  public static RestResponse.ResponseBuilder<String> to(String page) {
    return RestResponse.ResponseBuilder.<String>create(RestResponse.Status.SEE_OTHER)
        .header(HttpHeaders.LOCATION, URI.create(page).toASCIIString());
  }
}
