package dev.nofate.cli.gateway;

import static dev.nofate.cli.gateway.GatewaySettings.MAX_BODY_BYTES;

import dev.nofate.gate.contract.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpServerRequest;
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
    introduce(request);
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
   * The service hears of the client what the public door tells it: the host as the client named it,
   * where the client calls from and how. What the client itself says of that is dropped.
   */
  private static void introduce(ProxyRequest request) {
    HttpServerRequest client = request.proxiedRequest();
    request.headers().remove("Forwarded");
    request.headers().remove("X-Forwarded-Host");
    request.headers().remove("X-Forwarded-Prefix");
    request.putHeader("X-Forwarded-For", client.remoteAddress().hostAddress());
    request.putHeader("X-Forwarded-Proto", client.scheme());
    if (client.authority() != null) {
      request.setAuthority(client.authority());
    }
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
    ProxyResponse response = request.release().response().setStatusCode(code.status());
    Problems.headers().forEach(response::putHeader);
    return response.setBody(Body.body(content));
  }
}
