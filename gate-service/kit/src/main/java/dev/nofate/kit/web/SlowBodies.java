package dev.nofate.kit.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Ends connections whose request body does not arrive within its time, however it drips, and those
 * that go on sending a body beyond the limit when their answer has been given.
 */
final class SlowBodies {

  private static final long LOOK_MS = 100;

  private final long limitMs;
  private final long limitBytes;

  SlowBodies(Duration limit, long limitBytes) {
    this.limitMs = limit.toMillis();
    this.limitBytes = limitBytes;
  }

  void watch(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (hasBody(request)) {
      Vertx vertx = context.vertx();
      long timer = vertx.setTimer(limitMs, late -> closeUnlessEnded(request));
      context.addEndHandler(
          end -> {
            if (request.isEnded()) {
              vertx.cancelTimer(timer);
            } else {
              drain(vertx, request);
            }
          });
    }
    context.next();
  }

  /**
   * The answer came before the end of the body. A client that closes or ends it may read its
   * answer; a reset would take that from it, so what is within the limit is read and dropped.
   */
  private void drain(Vertx vertx, HttpServerRequest request) {
    long look =
        vertx.setPeriodic(
            LOOK_MS,
            now -> {
              if (request.bytesRead() > limitBytes) {
                request.connection().close();
              }
            });
    vertx.setTimer(limitMs, end -> vertx.cancelTimer(look));
  }

  private static void closeUnlessEnded(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.connection().close();
    }
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }
}
