package dev.nofate.audit.failover;

import static org.awaitility.Awaitility.await;

import dev.nofate.audit.fixture.GateStandIn;
import dev.nofate.embedded.FreePort;
import dev.nofate.embedded.ServiceKeys;
import dev.nofate.kit.servicetoken.ServiceTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The service as it is delivered: a process of its own, spoken to over HTTP alone. */
final class PackagedService implements AutoCloseable {

  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final GateStandIn gate = new GateStandIn();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path log;
  private final String url;
  private final String token;
  private final Process process;

  PackagedService(Path folder, ServiceKeys keys, int databasePort) throws IOException {
    log = folder.resolve("audit-service.log");
    int port = FreePort.any();
    url = "http://127.0.0.1:" + port;
    token =
        ServiceTokens.mint(
            ServiceTokens.readKey(keys.privateKey("gate-service")),
            "gate-service",
            "nofate-local",
            Duration.ofMinutes(10));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "HOST", "127.0.0.1",
                "PORT", String.valueOf(port),
                "DATABASE_URL", Pair.login("audit_app", databasePort).uri(),
                "DATABASE_OWNER_URL", Pair.login("audit_owner", databasePort).uri(),
                "AUDIT_APPEND_ATTEMPT_TIMEOUT", "PT1S",
                "AUDIT_APPEND_ANSWER_TIMEOUT", "PT3S",
                "SERVICE_TOKEN_KEY_FILE", keys.privateKey("audit-service").toString(),
                "SERVICE_TOKEN_JWKS", keys.jwks().toString(),
                "AUDIT_SIGNING_KEY_FILE", keys.auditSigningKey().toString()));
    builder.environment().putAll(gate.start());
    process = builder.start();
  }

  void awaitReady() {
    await().atMost(START).ignoreExceptionsInstanceOf(IOException.class).until(this::isReady);
  }

  boolean isReady() throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url + "/q/health/ready"))).statusCode() == 200;
  }

  HttpResponse<String> append(String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + "/internal/audit/appends"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** A tenant's whole chain, one event a line. */
  String export(UUID tenant) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(url + "/v1/audit/export"))
                .header("x-api-key", "nf_test_" + tenant + ".audit:read"));
    if (answer.statusCode() != 200) {
      throw new AssertionError("the export was answered " + answer.statusCode());
    }
    return answer.body();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    gate.stop();
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
  }
}
