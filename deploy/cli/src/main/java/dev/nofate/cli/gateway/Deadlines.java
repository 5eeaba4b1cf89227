package dev.nofate.cli.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends connections on which a request does not arrive within its time, however it drips: its head
 * from the opening or from the answer before, its body from its head.
 */
final class Deadlines {

  private static final long LOOK_MS = 100;

  private final Vertx vertx;
  private final Map<HttpConnection, Long> running = new ConcurrentHashMap<>();

  Deadlines(Vertx vertx) {
    this.vertx = vertx;
  }

  void opened(HttpConnection connection) {
    await(connection, GatewaySettings.RECEIVE_TIMEOUT);
    connection.closeHandler(closed -> cancel(connection));
  }

  void began(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    cancel(connection);
    long receiving =
        vertx.setTimer(
            GatewaySettings.RECEIVE_TIMEOUT.toMillis(),
            late -> {
              if (!request.isEnded()) {
                connection.close();
              }
            });
    request
        .response()
        .bodyEndHandler(
            end -> {
              await(connection, GatewaySettings.IDLE_TIMEOUT);
              if (request.isEnded()) {
                // A timer keeps its request in memory until it fires.
                vertx.cancelTimer(receiving);
              } else {
                drain(request);
              }
            });
  }

  /**
   * The answer came before the end of the body: what is within the limit is read and dropped, so
   * that the client comes to read its answer; beyond it the connection ends.
   */
  private void drain(HttpServerRequest request) {
    long look =
        vertx.setPeriodic(
            LOOK_MS,
            now -> {
              if (request.bytesRead() > GatewaySettings.MAX_BODY_BYTES) {
                request.connection().close();
              }
            });
    vertx.setTimer(GatewaySettings.RECEIVE_TIMEOUT.toMillis(), end -> vertx.cancelTimer(look));
  }

  private void await(HttpConnection connection, Duration limit) {
    cancel(connection);
    running.put(connection, vertx.setTimer(limit.toMillis(), late -> connection.close()));
  }

  private void cancel(HttpConnection connection) {
    Long timer = running.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
