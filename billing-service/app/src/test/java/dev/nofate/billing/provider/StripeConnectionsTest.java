package dev.nofate.billing.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.param.CustomerCreateParams;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StripeConnectionsTest {

  private static final String REFUSED =
      "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Invalid API Key\"}}";

  @Test
  void whatFoundNoConnectionIsNotInDoubt() throws IOException {
    ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    closed.close();

    assertThatThrownBy(() -> make(closed.getLocalPort()))
        .isInstanceOf(NotReachedException.class)
        .hasMessage("no connection");
  }

  @Test
  void whatGotNoAnswerIsInDoubtAndWasSentOnce() throws Exception {
    try (Answers server = new Answers(null)) {
      assertThatThrownBy(() -> make(server.port())).isInstanceOf(OutcomeUnknownException.class);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void whatIsCutAndThenFindsNoConnectionIsInDoubt() throws Exception {
    try (Answers server = new Answers(null)) {
      server.closeAfterTheFirst = true;
      assertThatThrownBy(() -> make(server.port())).isInstanceOf(OutcomeUnknownException.class);
    }
  }

  @Test
  void sendsBodyAndHeadersAndReadsARefusal() throws Exception {
    String answer =
        "HTTP/1.1 400 Bad Request\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(REFUSED.length(), REFUSED);
    try (Answers server = new Answers(answer)) {
      assertThatThrownBy(() -> make(server.port()))
          .isInstanceOf(RefusedException.class)
          .hasMessage("answered 400");
      assertThat(server.requests.get(0))
          .contains("POST /v1/customers", "Idempotency-Key: key", "Bearer sk_test_0000000000")
          .contains("application/x-www-form-urlencoded")
          .endsWith("description=Tenant");
    }
  }

  @Test
  void aKeyThatStripeDoesNotTakeIsARefusal() throws Exception {
    String answer =
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"Stripe\"\r\n"
            + "Content-Length: %d\r\n\r\n%s".formatted(REFUSED.length(), REFUSED);
    try (Answers server = new Answers(answer)) {
      assertThatThrownBy(() -> make(server.port()))
          .isInstanceOf(RefusedException.class)
          .hasMessage("answered 401");
    }
  }

  private static void make(int port) {
    StripeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(StripeConfig.class)
            .withDefaultValue("billing.stripe.secret-key", "sk_test_0000000000")
            .withDefaultValue("billing.stripe.api-base", "http://127.0.0.1:" + port)
            .withDefaultValue("billing.stripe.retries", "0")
            .build()
            .getConfigMapping(StripeConfig.class);
    new StripeCalls(config)
        .make(
            client ->
                client
                    .v1()
                    .customers()
                    .create(
                        CustomerCreateParams.builder().setDescription("Tenant").build(),
                        StripeCalls.once("key")))
        .await()
        .atMost(Duration.ofSeconds(10));
  }

  /** Reads requests and answers each alike, or cuts the connection. */
  private static final class Answers implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final String answer;
    private volatile boolean closeAfterTheFirst;

    Answers(String answer) throws IOException {
      this.answer = answer;
      Thread thread = new Thread(this::serve, "answers");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          requests.add(read(connection));
          if (closeAfterTheFirst) {
            socket.close();
          }
          if (answer != null) {
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
          }
        } catch (IOException e) {
          return;
        }
      }
    }

    private static String read(Socket connection) throws IOException {
      StringBuilder text = new StringBuilder();
      while (!text.toString().endsWith("description=Tenant")) {
        int next = connection.getInputStream().read();
        if (next < 0) {
          break;
        }
        text.append((char) next);
      }
      return text.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
