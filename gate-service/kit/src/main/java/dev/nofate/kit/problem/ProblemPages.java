package dev.nofate.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.contract.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the HTTP layer refuses before a resource is reached, as a problem document too. */
@ApplicationScoped
public class ProblemPages {

  private static final List<Integer> STATUSES = List.of(400, 404, 405, 413, 414, 415, 431);

  @Inject ObjectMapper json;

  @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10M")
  MemorySize maxBodySize;

  /** Before the framework's own check, which refuses with an empty body. */
  private static final int FIRST = -10_000;

  void install(@Observes Router router) {
    router.route().order(FIRST).handler(this::refuseLargeBody);
    STATUSES.forEach(status -> router.errorHandler(status, context -> answer(context, status)));
  }

  private void refuseLargeBody(RoutingContext context) {
    String length = context.request().getHeader("content-length");
    if (length != null && isAbove(length, maxBodySize.asLongValue())) {
      answer(context, 413);
    } else {
      context.next();
    }
  }

  private static boolean isAbove(String length, long limit) {
    try {
      return Long.parseLong(length) > limit;
    } catch (NumberFormatException e) {
      // The HTTP decoder has its own word on malformed lengths.
      return false;
    }
  }

  /** Ends the request with a bare status as a problem document. */
  public void answer(RoutingContext context, int status) {
    answer(context, status, null);
  }

  /** The same with what was observed. */
  public void answer(RoutingContext context, int status, String detail) {
    if (context.response().ended() || context.response().headWritten()) {
      return;
    }
    context.response().setStatusCode(status).putHeader("content-type", Problem.MEDIA_TYPE);
    if (status == 413) {
      // The rest of the body is not read, so the connection cannot serve another request.
      context.response().putHeader("connection", "close");
    }
    context.response().end(Buffer.buffer(document(status, detail)));
  }

  /** The problem document that stands for a bare status. */
  public byte[] document(int status) {
    return document(status, null);
  }

  private byte[] document(int status, String detail) {
    try {
      return json.writeValueAsBytes(Problem.of(Statuses.code(status), detail));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is always JSON", e);
    }
  }
}
