package dev.nofate.cli.gateway;

import static dev.nofate.cli.gateway.GatewaySettings.MAX_BODY_BYTES;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.streams.ReadStream;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;

/**
 * What happens to a request that has a route: its body is taken in full, within the limit, before a
 * service hears of it; a service that does not answer leads to a problem document. Answers stream
 * through.
 */
final class Forwarding implements ProxyInterceptor {

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    ProxyRequest request = context.request();
    request.headers().remove("Forwarded");
    request.headers().remove("X-Forwarded-For");
    request.headers().remove("X-Forwarded-Host");
    request.headers().remove("X-Forwarded-Proto");
    request.headers().remove("X-Forwarded-Prefix");
    Body body = request.getBody();
    if (body.length() > MAX_BODY_BYTES) {
      return tooLarge(request);
    }
    return collect(body.stream())
        .compose(
            content -> {
              if (content.length() > MAX_BODY_BYTES) {
                return tooLarge(request);
              }
              request.setBody(Body.body(content));
              return context.sendRequest().recover(failure -> unanswered(request, failure));
            });
  }

  /**
   * Reads to the end; what exceeds the limit is read and dropped, one byte beyond it is kept as the
   * sign.
   */
  private static Future<Buffer> collect(ReadStream<Buffer> stream) {
    Promise<Buffer> collected = Promise.promise();
    Buffer content = Buffer.buffer();
    stream
        .handler(
            piece -> {
              int room = MAX_BODY_BYTES + 1 - content.length();
              content.appendBuffer(piece, 0, Math.min(room, piece.length()));
              if (content.length() > MAX_BODY_BYTES) {
                collected.tryComplete(content);
              }
            })
        .exceptionHandler(collected::tryFail)
        .endHandler(end -> collected.tryComplete(content));
    stream.resume();
    return collected.future();
  }

  private static Future<ProxyResponse> tooLarge(ProxyRequest request) {
    ProxyResponse response =
        problem(
            request, ErrorCode.PAYLOAD_TOO_LARGE, "The body exceeds " + MAX_BODY_BYTES + " bytes.");
    response.putHeader("Connection", "close");
    return Future.succeededFuture(response);
  }

  /**
   * Whatever became of the service, the client learns the one thing that matters to it: nothing was
   * answered, and the same request may be sent again. An evaluation that was begun is found again
   * under its idempotency key.
   */
  private static Future<ProxyResponse> unanswered(ProxyRequest request, Throwable failure) {
    ProxyResponse response = problem(request, ErrorCode.UNAVAILABLE, observed(failure));
    response.putHeader("Retry-After", Problems.RETRY_AFTER_SECONDS);
    return Future.succeededFuture(response);
  }

  private static String observed(Throwable failure) {
    if (failure instanceof ConnectException) {
      return "The service did not accept a connection.";
    }
    if (failure instanceof ConnectionPoolTooBusyException) {
      return "Too many requests wait for the service.";
    }
    return failure instanceof TimeoutException
        ? "The service did not answer in time."
        : "The service closed the connection.";
  }

  private static ProxyResponse problem(ProxyRequest request, ErrorCode code, String detail) {
    Buffer content = Problems.body(code, detail);
    return request
        .release()
        .response()
        .setStatusCode(code.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .setBody(Body.body(content));
  }
}
