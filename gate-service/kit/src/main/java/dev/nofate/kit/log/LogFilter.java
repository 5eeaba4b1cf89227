package dev.nofate.kit.log;

import dev.nofate.gate.contract.Caller;
import dev.nofate.kit.identity.CurrentCaller;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Notes for the log lines of a request who asks and which trace it belongs to. */
public class LogFilter {

  /** W3C trace context; where traces are exported the tracer notes the same id. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

  @ServerRequestFilter
  public void note(RoutingContext request) {
    String traceparent = request.request().getHeader("traceparent");
    if (traceparent != null) {
      Matcher trace = TRACEPARENT.matcher(traceparent);
      if (trace.matches()) {
        LogContext.trace(trace.group(1));
      }
    }
    if (request.user() instanceof QuarkusHttpUser user) {
      Caller caller = user.getSecurityIdentity().getAttribute(CurrentCaller.ATTRIBUTE);
      if (caller != null) {
        LogContext.tenant(caller.tenant().toString());
      }
    }
  }
}
