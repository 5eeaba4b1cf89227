package dev.nofate.system.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS out of the TLS registry; a renewed certificate is served without a restart. */
class TlsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String ORIGIN = "https://console.example";

  @TempDir private Path folder;

  @Test
  void servesHttpsAloneAndTakesARenewedCertificateWhileItRuns() throws Exception {
    Path certificateFile = folder.resolve("tls.crt");
    Path keyFile = folder.resolve("tls.key");
    Certificate first = Certificate.make(folder, "first");
    Certificate second = Certificate.make(folder, "second");
    first.install(certificateFile, keyFile);
    int plainPort = freePort();
    int tlsPort = freePort();
    Map<String, String> environment =
        Map.of(
            "HOST",
            "127.0.0.1",
            "PORT",
            Integer.toString(plainPort),
            "TLS_PORT",
            Integer.toString(tlsPort),
            "TLS_CERT_FILE",
            certificateFile.toString(),
            "TLS_KEY_FILE",
            keyFile.toString(),
            "TLS_RELOAD_PERIOD",
            "PT1S",
            "CORS_ORIGINS",
            ORIGIN,
            "AUDIT_URL",
            "http://127.0.0.1:9",
            "BILLING_URL",
            "http://127.0.0.1:9");
    try (Packaged worker = Packaged.start("meter-worker", environment, folder)) {
      URI address = URI.create("https://127.0.0.1:" + tlsPort + "/q/health/live");
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ofMillis(500))
          .until(() -> answers(trusting(first), address));

      HttpResponse<String> answer =
          await()
              .atMost(PATIENCE)
              .ignoreExceptionsInstanceOf(IOException.class)
              .until(() -> get(trusting(first), address), Objects::nonNull);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(ORIGIN);
      // A handshake that meets a look at the certificate's files may be ended, and is made again.
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> preflight(trusting(first), address));
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), plainPort).close())
          .isInstanceOf(ConnectException.class);
      assertThat(answers(trusting(second), address)).isFalse();

      second.install(certificateFile, keyFile);

      await().atMost(PATIENCE).until(() -> answers(trusting(second), address));
      assertThat(answers(trusting(first), address)).isFalse();
      assertThat(worker.isRunning()).isTrue();
    }
  }

  /** A listed origin's page may ask and read, another's may not. */
  private static void preflight(HttpClient client, URI address)
      throws IOException, InterruptedException {
    for (String origin : List.of(ORIGIN, "https://other.example", "null")) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(address)
                  .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                  .header("Origin", origin)
                  .header("Access-Control-Request-Method", "POST")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      boolean listed = origin.equals(ORIGIN);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin").isPresent())
          .isEqualTo(listed);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").isPresent())
          .isEqualTo(listed);
      assertThat(answer.headers().allValues("Vary")).contains("Origin");
    }
  }

  private static boolean answers(HttpClient client, URI address) throws InterruptedException {
    try {
      return get(client, address).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static HttpResponse<String> get(HttpClient client, URI address)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(10))
            .header("Origin", ORIGIN)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** A client that believes in nothing but this certificate. */
  private static HttpClient trusting(Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("only", certificate.x509());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
