package dev.nofate.gate.console.page;

import dev.nofate.kit.problem.ProblemPages;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads the console's forms before a resource is reached. The HTTP server counts fields as they
 * arrive and gives up once; the framework's own reader fails anew with every buffer, and answers
 * with a document of its own.
 */
@ApplicationScoped
class FormReader {

  /** Behind authentication, which reads no body, and before resources. */
  private static final int BEFORE_RESOURCES = -1;

  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int UNSUPPORTED = 415;

  private final ProblemPages problems;
  private final long maxBytes;

  FormReader(
      ProblemPages problems,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBytes) {
    this.problems = problems;
    this.maxBytes = maxBytes.asLongValue();
  }

  void install(@Observes Router router) {
    router.route("/console/*").method(HttpMethod.POST).order(BEFORE_RESOURCES).handler(this::read);
  }

  private void read(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!hasBody(request)) {
      context.next();
      return;
    }
    if (!isForm(request)) {
      refuse(context, UNSUPPORTED, null);
      return;
    }
    request.setExpectMultipart(true);
    request.exceptionHandler(
        failure -> refuse(context, isMalformed(failure) ? BAD_REQUEST : TOO_LARGE, null));
    request.handler(
        bytes -> {
          if (request.bytesRead() > maxBytes) {
            refuse(context, TOO_LARGE, null);
          }
        });
    request.endHandler(
        end -> {
          if (context.response().ended()) {
            return;
          }
          if (request.formAttributes().isEmpty()) {
            refuse(context, BAD_REQUEST, "The form holds no field");
          } else {
            context.next();
          }
        });
    request.resume();
  }

  private void refuse(RoutingContext context, int status, String detail) {
    if (!context.response().closed()) {
      problems.answer(context, status, detail);
    }
  }

  /** Everything else that ends the reading is a bound that was passed. */
  private static boolean isMalformed(Throwable failure) {
    return failure instanceof ErrorDataDecoderException
        && !(failure.getCause() instanceof IOException);
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  private static boolean isForm(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED);
  }
}
