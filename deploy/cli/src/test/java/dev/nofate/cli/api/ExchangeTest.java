package dev.nofate.cli.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExchangeTest {

  @Test
  @Timeout(30)
  void anAnswerThatStopsInItsMiddleIsNotWaitedForWithoutEnd() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write("the beginning".getBytes());
          exchange.getResponseBody().flush();
          try {
            seen.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      assertThatThrownBy(
              () ->
                  Exchange.within(
                      Duration.ofSeconds(1),
                      HttpClient.newHttpClient(),
                      request,
                      BodyHandlers.ofString()))
          .isInstanceOf(HttpTimeoutException.class)
          .hasMessage("not whole within 1 s");
    } finally {
      seen.countDown();
      server.stop(0);
    }
  }
}
