package dev.nofate.audit.export;

import static dev.nofate.audit.fixture.Client.grow;
import static dev.nofate.audit.fixture.Client.newId;
import static dev.nofate.audit.fixture.Client.reader;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.audit.chain.spec.SpecVerifier;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.fixture.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ExportIT {

  @Inject MeterRegistry registry;
  @Inject ChainReader chains;
  @TestHTTPResource URI service;

  private final UUID tenant = newId();

  @Test
  void exportsWhatTheEventListShows() {
    grow(tenant, 30);
    JsonPath events = reader(tenant).get("/v1/audit/events").jsonPath();

    List<String> lines = lines(reader(tenant).get("/v1/audit/export"));

    assertThat(lines).hasSize(30);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(JsonPath.from(lines.get(i)).getMap(""))
          .isEqualTo(events.getMap("items[" + i + "]"));
    }
  }

  @Test
  void exportsAChainThatBothVerifiersFindIntact() throws IOException {
    grow(tenant, 450);
    Response export = reader(tenant).get("/v1/audit/export");

    Verdict verdict =
        ChainVerifier.startingAtGenesis().acceptAll(new ByteArrayInputStream(export.asByteArray()));
    SpecVerifier.Finding finding = SpecVerifier.verify(lines(export));

    Verdict.Valid valid = (Verdict.Valid) verdict;
    assertThat(valid.events()).isEqualTo(450).isEqualTo(finding.events());
    assertThat(finding.valid()).isTrue();
    assertThat(finding.head()).isEqualTo(valid.head().hash().hex());
    assertThat(export.header("Audit-Head-Seq")).isEqualTo("450");
    assertThat(export.header("Audit-Head-Hash")).isEqualTo(finding.head());
    assertThat(export.contentType()).startsWith("application/jsonl");
  }

  @Test
  void isCompressedForWhoAcceptsThat() {
    grow(tenant, 300);
    Response packed = reader(tenant).header("Accept-Encoding", "gzip").get("/v1/audit/export");

    assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(packed.header("Audit-Head-Seq")).isEqualTo("300");
    assertThat(lines(packed)).hasSize(300);
  }

  @Test
  void writesEveryLineInCanonicalForm() throws IOException {
    grow(tenant, 5);

    for (String line : lines(reader(tenant).get("/v1/audit/export"))) {
      assertThat(new JsonCanonicalizer(line).getEncodedString()).isEqualTo(line);
    }
  }

  @Test
  void goesOnBehindAPlaceThatIsKnown() throws IOException {
    grow(tenant, 12);
    Position known = chains.head(tenant).await().atMost(Duration.ofSeconds(10));
    grow(tenant, 7);

    List<String> lines = lines(reader(tenant).get("/v1/audit/export?after=12"));

    ChainVerifier verifier = ChainVerifier.startingAt(known);
    lines.forEach(verifier::accept);
    assertThat(((Verdict.Valid) verifier.verdict()).events()).isEqualTo(7);
  }

  @Test
  void exportsAnEmptyChainAsNothing() {
    Response export = reader(tenant).get("/v1/audit/export");

    assertThat(export.statusCode()).isEqualTo(200);
    assertThat(export.asString()).isEmpty();
    assertThat(reader(tenant).get("/v1/audit/export?after=99").asString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "1.5", "99999999999999999999"})
  void refusesAPlaceThatIsNone(String after) {
    reader(tenant)
        .get("/v1/audit/export?after=" + after)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", equalTo("The parameter after was not understood"));
  }

  @Test
  void exportsAnEditedRowAsItStandsSoThatItIsFound() {
    grow(tenant, 5);
    Database.tamper(
        "UPDATE audit_events SET payload = '{\"n\": 9007199254740993}' WHERE tenant_id = ? AND seq = 3",
        tenant);

    Database.tamper(
        "UPDATE audit_events SET at = 'infinity' WHERE tenant_id = ? AND seq = 5", tenant);

    List<String> lines = lines(reader(tenant).get("/v1/audit/export"));
    assertThat(lines).hasSize(5);
    assertThat(SpecVerifier.verify(lines).badSeq()).isEqualTo(3);
  }

  @Test
  void stopsWhenItsReaderGoesAway() throws IOException {
    grow(tenant, 10);
    // Long enough that no buffer between here and there holds all of it.
    Database.tamper(
        """
        INSERT INTO audit_events
        SELECT tenant_id, g, at, type, subject, jsonb_build_object('s', repeat('x', 20000)), hash, append_id
          FROM audit_events, generate_series(11, 4000) g
         WHERE tenant_id = ? AND seq = 10
        """,
        tenant);
    double before = running();
    try (Socket socket = begin()) {
      InputStream answer = socket.getInputStream();
      assertThat(new String(answer.readNBytes(15), UTF_8)).isEqualTo("HTTP/1.1 200 OK");
      await().until(() -> running() == before + 1);
      try (Socket another = begin()) {
        assertThat(new String(another.getInputStream().readNBytes(15), UTF_8))
            .isEqualTo("HTTP/1.1 200 OK");
        reader(tenant)
            .get("/v1/audit/export")
            .then()
            .statusCode(503)
            .header("Retry-After", equalTo("5"))
            .body("code", equalTo("UNAVAILABLE"));
        assertThat(reader(newId()).get("/v1/audit/export").statusCode()).isEqualTo(200);
      }
    }

    await().atMost(Duration.ofSeconds(20)).until(() -> running() == before);
  }

  /** An export of which nothing is read yet. */
  private Socket begin() throws IOException {
    Socket socket = new Socket(service.getHost(), service.getPort());
    socket
        .getOutputStream()
        .write(
            "GET /v1/audit/export HTTP/1.1\r\nHost: x\r\nx-api-key: nf_test_%s.audit:read\r\n\r\n"
                .formatted(tenant)
                .getBytes(US_ASCII));
    return socket;
  }

  private double running() {
    return registry.get("nofate.audit.exports.running").gauge().value();
  }

  private static List<String> lines(Response export) {
    return new String(export.asByteArray(), UTF_8).lines().toList();
  }
}
