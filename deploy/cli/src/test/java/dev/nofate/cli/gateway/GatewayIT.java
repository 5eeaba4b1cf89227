package dev.nofate.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.Json;
import dev.nofate.embedded.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayIT {

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    URI gate = backend("gate");
    URI audit = backend("audit");
    URI nobody = URI.create("http://127.0.0.1:" + FreePort.any());
    port =
        await(
            new Gateway(vertx, new GatewaySettings(0, gate, audit, nobody, Duration.ofMillis(500)))
                .listen());
  }

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void forwardsRequestAndAnswerAsTheyAre() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/v1/echo?a=b%2Fc")
                .header("x-api-key", "nf_test_x")
                .POST(BodyPublishers.ofString("{\"a\":1}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(207);
    assertThat(answer.body()).isEqualTo("{\"a\":1}");
    assertThat(answer.headers().firstValue("x-seen-key")).contains("nf_test_x");
    assertThat(seen).containsExactly("gate POST /v1/echo?a=b%2Fc");
  }

  @Test
  void aClientsTraceparentGoesThroughAsItCame() throws Exception {
    String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    HttpResponse<String> answer =
        client.send(
            request("/v1/echo").header("traceparent", traceparent).build(),
            BodyHandlers.ofString());

    assertThat(answer.headers().firstValue("x-seen-traceparent")).contains(traceparent);
  }

  @Test
  void eachPrefixGoesToItsService() throws Exception {
    send("/v1/audit/head");
    send("/v1/tenants");

    assertThat(seen).containsExactly("audit GET /v1/audit/head", "gate GET /v1/tenants");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/callers",
        "//internal/callers",
        "/%69nternal/callers",
        "/v1/../internal/callers",
        "/v1/%2e%2e/internal/callers",
        "/v1/..;/internal/callers",
        "http://127.0.0.1/internal/callers",
        "/q/metrics",
        "/q/health/ready"
      })
  void whatIsNotPublicIsNotForwardedHoweverItIsSpelled(String target) throws Exception {
    String answer = raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 404")
        .contains("application/problem+json", "\"NOT_FOUND\"")
        .containsIgnoringCase("\r\nContent-Security-Policy: default-src 'none';")
        .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n");
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT", "BREW"})
  void unknownMethodsAreRefused(String method) throws Exception {
    String answer = raw(method + " /v1/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 405")
        .contains("METHOD_NOT_ALLOWED")
        .containsIgnoringCase("\r\nAllow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT\r\n");
    assertThat(seen).isEmpty();
  }

  @Test
  void aBodyOfExactlyTheLimitPasses() throws Exception {
    byte[] body = new byte[GatewaySettings.MAX_BODY_BYTES];

    HttpResponse<byte[]> answer =
        client.send(
            request("/v1/echo").POST(BodyPublishers.ofByteArray(body)).build(),
            BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(207);
    assertThat(answer.body()).hasSize(body.length);
  }

  @Test
  void aLongerBodyIsRefusedByItsStatedLength() throws Exception {
    assertTooLarge(BodyPublishers.ofByteArray(new byte[GatewaySettings.MAX_BODY_BYTES + 1]));
  }

  @Test
  void aLongerBodyIsRefusedWhenItsLengthIsNotStated() throws Exception {
    byte[] body = new byte[GatewaySettings.MAX_BODY_BYTES + 1];

    assertTooLarge(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/billing/ledger, The service did not accept a connection.
          /v1/hangup,         The service closed the connection.
          /v1/silence,        The service did not answer in time.
          """)
  void aServiceThatDoesNotAnswerIsA503WithATimeToComeBack(String path, String observed)
      throws Exception {
    HttpResponse<String> answer = send(path);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).contains("1");
    assertProblem(answer, "UNAVAILABLE");
    assertThat(answer.body()).contains(observed);
  }

  private void assertTooLarge(HttpRequest.BodyPublisher body) throws Exception {
    HttpResponse<String> answer =
        client.send(request("/v1/echo").POST(body).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(413);
    assertProblem(answer, "PAYLOAD_TOO_LARGE");
    assertThat(seen).isEmpty();
  }

  private static void assertProblem(HttpResponse<String> answer, String code) throws IOException {
    Problems.headers()
        .forEach(
            (name, value) ->
                assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(Json.MAPPER.readTree(answer.body()).path("code").asText()).isEqualTo(code);
  }

  private HttpResponse<String> send(String path) throws IOException, InterruptedException {
    return client.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(Duration.ofSeconds(20));
  }

  private String raw(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private URI backend(String name) {
    HttpServer server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(request -> answer(name, request))
                .listen(0, "127.0.0.1"));
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  private void answer(String name, HttpServerRequest request) {
    seen.add(name + " " + request.method() + " " + request.uri());
    switch (request.path()) {
      case "/v1/hangup" -> request.connection().close();
      case "/v1/silence" -> request.pause();
      default ->
          request
              .body()
              .onSuccess(
                  body ->
                      request
                          .response()
                          .setStatusCode(207)
                          .putHeader("x-seen-key", String.valueOf(request.getHeader("x-api-key")))
                          .putHeader(
                              "x-seen-traceparent",
                              String.valueOf(request.getHeader("traceparent")))
                          .end(body == null ? Buffer.buffer() : body));
    }
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
        .join();
  }
}
