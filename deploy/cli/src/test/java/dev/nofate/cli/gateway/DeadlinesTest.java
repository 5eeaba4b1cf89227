package dev.nofate.cli.gateway;

import static org.awaitility.Awaitility.await;

import dev.nofate.cli.api.ApiClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<WeakReference<HttpServerRequest>> served = new AtomicReference<>();

  @AfterEach
  void end() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void keepNoRequestInMemoryThatWasAnswered() {
    HttpServer server = serve(new Deadlines(vertx));
    String url = "http://127.0.0.1:" + server.actualPort();

    new ApiClient(url, null).post("/first", "{}", Map.of()).expectStatus(200, "first");
    WeakReference<HttpServerRequest> first = served.get();
    new ApiClient(url, null).post("/second", "{}", Map.of()).expectStatus(200, "second");

    await()
        .atMost(GatewaySettings.RECEIVE_TIMEOUT.dividedBy(2))
        .until(
            () -> {
              System.gc();
              return first.get() == null;
            });
  }

  private HttpServer serve(Deadlines deadlines) {
    return vertx
        .createHttpServer()
        .connectionHandler(deadlines::opened)
        .requestHandler(
            request -> {
              deadlines.began(request);
              served.set(new WeakReference<>(request));
              request.body().onSuccess(body -> request.response().end());
            })
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}
