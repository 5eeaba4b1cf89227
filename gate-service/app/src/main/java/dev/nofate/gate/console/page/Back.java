package dev.nofate.gate.console.page;

import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;

/** After a change: the page it leads to, so that a reload changes nothing again. */
public final class Back {

  private Back() {}

  public static RestResponse<String> to(String page, Notice notice) {
    return RestResponse.seeOther(URI.create(page + "?done=" + notice.code()));
  }
}
