package dev.nofate.system.suite;

import dev.nofate.cli.api.StripeSignature;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.Stack;
import dev.nofate.cli.stack.StackFile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The whole suite as processes, with short periods, started once for all tests of the module. */
public final class Suite implements AutoCloseable {

  /** Long enough for a test to work within one, short enough to wait for its end. */
  public static final Duration METER_PERIOD = Duration.ofSeconds(10);

  public static final Duration GRACE = Duration.ofSeconds(6);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Stack stack;
  private final TraceSink traces = new TraceSink();
  private StackFile file;

  private Suite(Stack stack) {
    this.stack = stack;
  }

  static Suite start() {
    Path folder = Path.of(System.getProperty("nofate.suite.home"));
    Home home = new Home(Path.of(System.getProperty("nofate.root")), folder);
    Suite suite = new Suite(new Stack(home, new PrintWriter(Writer.nullWriter())));
    suite.stack.down();
    deleteAll(folder);
    // Also when the run is cut off, so that no process outlives it.
    Runtime.getRuntime().addShutdownHook(new Thread(suite.stack::down));
    suite.up();
    return suite;
  }

  /** Starts what is missing. */
  public Suite up() {
    file =
        stack.up(
            new Stack.Wishes(METER_PERIOD, GRACE, PATIENCE)
                .withNative(Boolean.getBoolean("nofate.native"))
                .withTelemetryOf(
                    Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        traces.endpoint(),
                        "OTEL_EXPORTER_OTLP_PROTOCOL",
                        "http/protobuf")));
    return this;
  }

  /** Starts what is missing, with another period and with variables that win over the stack's. */
  public Suite up(Duration meterPeriod, Map<String, Map<String, String>> variables) {
    file = stack.up(new Stack.Wishes(meterPeriod, GRACE, PATIENCE, variables));
    return this;
  }

  /** Ends a service at once, as a power cut would. */
  public void kill(String service) {
    ProcessHandle.of(file.services().get(service).pid())
        .ifPresent(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            });
  }

  /** One more process of a service, on a port of its own. */
  public StackFile.Running replicate(String service) {
    return stack.replicate(service, 2, PATIENCE);
  }

  /** What services and gateway exported. */
  public TraceSink traces() {
    return traces;
  }

  /** The state folder. */
  public Path home() {
    return Path.of(System.getProperty("nofate.suite.home"));
  }

  public String gatewayUrl() {
    return file.gatewayUrl();
  }

  public String serviceUrl(String service) {
    return file.services().get(service).url();
  }

  public String webhookSecret() {
    return file.stripeWebhookSecret();
  }

  /** Delivers a signed webhook; answers the status. */
  public int webhook(String body) {
    return anonymous()
        .header(StripeSignature.HEADER, StripeSignature.of(webhookSecret(), Instant.now(), body))
        .body(body)
        .post("/webhooks/stripe")
        .statusCode();
  }

  public StackFile file() {
    return file;
  }

  /** Requests as the operator. */
  public RequestSpecification operator() {
    return anonymous().header("x-api-key", file.adminToken());
  }

  /** Requests without credentials. */
  public RequestSpecification anonymous() {
    return RestAssured.given().baseUri(file.gatewayUrl()).contentType("application/json");
  }

  /** A tenant of its own that no rate limit holds up. */
  public Tenant tenant() {
    return tenant(1_000_000);
  }

  public Tenant tenant(int rateLimitPerMinute) {
    JsonPath made =
        operator()
            .body("{\"name\":\"system test\",\"rate_limit_per_minute\":" + rateLimitPerMinute + "}")
            .post("/v1/tenants")
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();
    return new Tenant(this, made.getString("tenant_id"), made.getString("api_key.key"));
  }

  /** The database as its superuser sees it. */
  public Connection superuser() throws SQLException {
    URI url = URI.create(file.postgres().url());
    String[] login = url.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(),
        login[0],
        login[1]);
  }

  /** What a process has logged so far. */
  public String log(String part) {
    Path log = Path.of(System.getProperty("nofate.suite.home"), "logs", part + ".log");
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stack.down();
    traces.close();
  }

  private static void deleteAll(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      paths.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
