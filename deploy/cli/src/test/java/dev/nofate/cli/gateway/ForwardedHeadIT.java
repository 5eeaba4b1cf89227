package dev.nofate.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The head of a request as its octets arrive at a service. */
class ForwardedHeadIT {

  private final List<String> heads = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    NetServer service =
        await(
            vertx
                .createNetServer()
                .connectHandler(
                    socket ->
                        socket.handler(
                            octets -> {
                              heads.add(octets.toString(StandardCharsets.ISO_8859_1));
                              socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                            }))
                .listen(0, "127.0.0.1"));
    URI url = URI.create("http://127.0.0.1:" + service.actualPort());
    port =
        await(
            new Gateway(vertx, new GatewaySettings(0, url, url, url, Duration.ofSeconds(10)))
                .listen());
  }

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void theServiceHearsTheHostThatTheClientNamed() throws IOException {
    assertThat(status("Host: gate.example:8443\r\n")).isEqualTo(200);
    assertThat(fields("host")).containsExactly("gate.example:8443");
    assertThat(fields("x-forwarded-host")).isEmpty();
  }

  @Test
  void aRequestOfTheFirstVersionNeedsNoHost() throws IOException {
    assertThat(answer("GET /v1/echo HTTP/1.0\r\n\r\n")).isEqualTo(200);
    assertThat(fields("host")).singleElement().asString().startsWith("127.0.0.1:");
  }

  @Test
  void theServiceHearsWhereTheClientCallsFromAndNotWhatItSaysOfThat() throws IOException {
    assertThat(
            status(
                "Host: x\r\nX-Forwarded-For: 10.0.0.1\r\nX-Forwarded-For: 10.0.0.2\r\n"
                    + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: y\r\n"
                    + "X-Forwarded-Prefix: /z\r\nForwarded: for=10.0.0.3\r\n"))
        .isEqualTo(200);
    assertThat(fields("x-forwarded-for")).containsExactly("127.0.0.1");
    assertThat(fields("x-forwarded-proto")).containsExactly("http");
    assertThat(heads.get(0)).doesNotContainIgnoringCase("x-forwarded-host", "forwarded: ", "/z");
  }

  /** RFC 9112, 5.2. */
  @Test
  void aFoldedFieldArrivesInOneLine() throws IOException {
    assertThat(status("Host: x\r\nX-Note: a\r\n x-api-key: b\r\n\tc\r\n")).isEqualTo(200);
    assertThat(fields("x-note")).containsExactly("a x-api-key: b c");
    assertThat(fields("x-api-key")).isEmpty();
    assertThat(heads.get(0)).doesNotContain("\n ", "\n\t");
  }

  @Test
  void aHeadThatIsNotInOrderNeverArrives() throws IOException {
    for (String odd :
        List.of(
            "",
            "Host: a b\r\n",
            "Host: a\r\nHost: a\r\n",
            "Host: x\r\nX-Note: a\rb\r\n",
            "Host: x\r\nX-Note\r: a\r\n",
            " X-Note: a\r\nHost: x\r\n",
            "Host: x\r\nTransfer-Encoding:\r\n chunked\r\n",
            "Host: x\r\nTransfer-Encoding: x\r\n")) {
      assertThat(status(odd)).as(odd).isEqualTo(400);
    }
    assertThat(heads).isEmpty();
  }

  private List<String> fields(String name) {
    return heads
        .get(0)
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  private int status(String fields) throws IOException {
    return answer("GET /v1/echo HTTP/1.1\r\n" + fields + "Connection: close\r\n\r\n");
  }

  private int answer(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
