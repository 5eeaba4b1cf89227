package dev.nofate.meter.round;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.nofate.meter.fixture.Peers.json;
import static dev.nofate.meter.fixture.Peers.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.nofate.embedded.FreePort;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.fixture.Peers;
import dev.nofate.meter.fixture.PeersTestResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker as it is delivered: a process with an environment and signals. */
class PackagedWorkerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final WireMockServer wire =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());
  private Process process;

  @BeforeEach
  void startPeers() {
    wire.start();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
    wire.stop();
  }

  @Test
  void refusesToStartWithAPeriodThatDoesNotDivideADay() throws Exception {
    process = start(Map.of("METER_PERIOD", "PT7H"));

    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(log()).contains("METER_PERIOD is PT7H").contains("divides 24 hours");
  }

  @Test
  void finishesTheTurnUnderWayWhenItIsToldToEnd() throws Exception {
    TenantId tenant = Peers.newTenant();
    new Peers(wire).serve(tenant);
    wire.stubFor(
        Peers.events(tenant, 0).willReturn(json(Peers.firstEvents(tenant)).withFixedDelay(2_000)));
    process = start(Map.of("METER_TICK", "PT1S"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                !wire.findAll(getRequestedFor(urlEqualTo(ledger(tenant) + "/position"))).isEmpty());

    process.destroy();

    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    wire.verify(1, postRequestedFor(urlEqualTo(ledger(tenant) + "/entries")));
    assertThat(log()).doesNotContain("did not end within").doesNotContain("failed");
  }

  private Process start(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-jar",
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString());
    Map<String, String> all = new HashMap<>(environment);
    all.put("PORT", Integer.toString(FreePort.any()));
    all.put("HOST", "127.0.0.1");
    all.put("AUDIT_URL", wire.baseUrl());
    all.put("BILLING_URL", wire.baseUrl());
    all.put(
        "SERVICE_TOKEN_KEY_FILE",
        PeersTestResource.keys().privateKey("meter-worker").toAbsolutePath().toString());
    builder.environment().putAll(all);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    return builder.start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
