package dev.nofate.audit.auditor;

import static dev.nofate.audit.fixture.Client.grow;
import static dev.nofate.audit.fixture.Client.newId;
import static dev.nofate.audit.fixture.Client.reader;
import static dev.nofate.audit.fixture.Client.service;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.note.VerifierKey;
import dev.nofate.audit.checkpoint.CheckpointStore;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.event.EventRow;
import dev.nofate.audit.fixture.Database;
import dev.nofate.audit.fixture.Published;
import dev.nofate.audit.signing.LogKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a superuser with triggers disabled does to a chain is found. */
@QuarkusTest
class AuditorIT {

  @Inject ProgressStore progress;
  @Inject ChainReader chains;
  @Inject CheckpointStore checkpoints;
  @Inject LogKeys keys;
  @Inject AuditorSchedule schedule;

  private final UUID tenant = newId();

  @Test
  void isAsFarBehindAsTheChainWhoseEndItReachedLongestAgo() {
    grow(tenant, 30);
    audit(1_000_000);
    Database.tamper(
        "UPDATE audit_progress SET ended_at = now() - interval '400 days' WHERE tenant_id = ?",
        tenant);
    Duration years = Duration.ofDays(399);
    assertThat(progress.oldestEnd().await().indefinitely().orElseThrow())
        .isBefore(InstantSource.system().instant().minus(years));
    audit(10);
    assertThat(progress.oldestEnd().await().indefinitely().orElseThrow())
        .as("an end that is not reached counts from the last time")
        .isBefore(InstantSource.system().instant().minus(years));
    audit(1_000_000);
    assertThat(progress.oldestEnd().await().indefinitely().orElseThrow())
        .isAfter(InstantSource.system().instant().minus(years));
    assertThat(given().get("/q/metrics").asString()).contains("nofate_audit_auditor_age_seconds ");
  }

  @Test
  void statesWhatItVerified() {
    grow(tenant, 30);
    audit(1_000_000);

    SignedNote note = SignedNote.parse(reader(tenant).get("/v1/audit/attestation").asString());
    VerifierKey key = Published.keys(tenant).get(0);
    String head = reader(tenant).get("/v1/audit/head").jsonPath().getString("hash");
    assertThat(note.verifiedBy(List.of(key.named(key.name() + "/attestation")))).hasSize(1);
    assertThat(note.text()).contains("\nevents 30\nhead " + head + "\nroot ");
    assertThat(fault()).isNull();
  }

  @Test
  void tellsTheGateHowManyChainsItAttestedAndNobodyElse() {
    grow(tenant, 3);
    audit(1_000_000);

    var sums = service("gate-service").get("/internal/auditor/sums").then().statusCode(200);
    assertThat(sums.extract().jsonPath().getLong("attested")).isPositive();
    assertThat(sums.extract().jsonPath().getLong("chains"))
        .isGreaterThanOrEqualTo(sums.extract().jsonPath().getLong("attested"));
    service("meter-worker").get("/internal/auditor/sums").then().statusCode(403);
    reader(tenant).get("/internal/auditor/sums").then().statusCode(401);
  }

  @Test
  void statesNothingAboutAChainItHasNotWalked() {
    reader(tenant).get("/v1/audit/attestation").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsAnEditedPayload(boolean auditedBefore) {
    prepared(auditedBefore);
    tamper("UPDATE audit_events SET payload = '{\"n\":7777}' WHERE tenant_id = ? AND seq = 17");
    assertFound("HASH_MISMATCH");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsARemovedRow(boolean auditedBefore) {
    prepared(auditedBefore);
    tamper("DELETE FROM audit_events WHERE tenant_id = ? AND seq = 17");
    assertFound("SEQ_MISSING");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsASwappedPair(boolean auditedBefore) {
    prepared(auditedBefore);
    tamper("UPDATE audit_events SET seq = 100017 WHERE tenant_id = ? AND seq = 17");
    tamper("UPDATE audit_events SET seq = 17 WHERE tenant_id = ? AND seq = 18");
    tamper("UPDATE audit_events SET seq = 18 WHERE tenant_id = ? AND seq = 100017");
    assertFound("HASH_MISMATCH");
  }

  @Test
  void findsATruncatedTailAgainstTheLastSignedCheckpoint() {
    prepared(false);
    tamper("DELETE FROM audit_events WHERE tenant_id = ? AND seq > 28");
    assertFound("TAIL_MISSING");
  }

  @Test
  void findsATruncatedTailThatGrewAgainAgainstItsOwnStatement() {
    grow(tenant, 30);
    audit(1_000_000);
    tamper("DELETE FROM audit_checkpoints WHERE tenant_id = ?");
    forgeFrom(28);
    assertFound("CHECKPOINT_DIFFERS");
  }

  @Test
  void findsAForgedRowWithAValidChainFromThereOn() {
    prepared(false);
    forgeFrom(17);
    assertThat(reader(tenant).post("/v1/audit/verify").jsonPath().getBoolean("valid")).isTrue();
    assertFound("CHECKPOINT_DIFFERS");
  }

  @Test
  void findsThatAChainIsGoneAltogether() {
    prepared(false);
    tamper("DELETE FROM audit_events WHERE tenant_id = ?");
    assertFound("TAIL_MISSING");
  }

  @Test
  void findsACheckpointAndAProgressThatItDidNotSign() {
    prepared(true);
    tamper(
        "UPDATE audit_progress SET progress = replace(progress, '30', '29') WHERE tenant_id = ?");
    assertFound("PROGRESS_NOT_SIGNED");
    tamper(
        "UPDATE audit_checkpoints SET note = replace(note, E'\\n30\\n', E'\\n29\\n') WHERE tenant_id = ?");
    assertFound("CHECKPOINT_NOT_SIGNED");
  }

  @Test
  void forgetsADifferenceOnceTheWholeChainIsAsItWas() {
    prepared(false);
    tamper("UPDATE audit_events SET type = 'admin_action' WHERE tenant_id = ? AND seq = 17");
    assertFound("HASH_MISMATCH");
    reader(tenant).get("/v1/audit/attestation").then().statusCode(404);
    tamper("UPDATE audit_events SET type = 'usage_recorded' WHERE tenant_id = ? AND seq = 17");

    audit(1_000_000);
    assertThat(fault()).isNull();
    reader(tenant).get("/v1/audit/attestation").then().statusCode(200);
  }

  @Test
  void goesOnWhereItStoppedWhenABudgetWasSpent() {
    grow(tenant, 60);
    Auditor auditor = auditor(Map.of("page-events", "7", "starts-again-after", "PT1H"));
    // The service's own auditor may have attested to the chain while it grew.
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              auditor.round(20);
              assertThat(reader(tenant).get("/v1/audit/attestation").asString())
                  .contains("\nevents 60\n");
            });
  }

  @Test
  void tellsItAsAProblemThatKeepsNoRequestsAway() {
    prepared(false);
    tamper("DELETE FROM audit_events WHERE tenant_id = ? AND seq = 17");
    audit(1_000_000);
    schedule.round();

    given().get("/q/health/group/audit").then().statusCode(503);
    given().get("/q/health/ready").then().statusCode(200);
    assertThat(given().get("/q/metrics").asString())
        .containsPattern("nofate_audit_auditor_differing [1-9]")
        .contains("nofate_audit_auditor_events_total");
  }

  private void prepared(boolean auditedBefore) {
    grow(tenant, 30);
    reader(tenant).get("/v1/audit/checkpoint").then().statusCode(200);
    if (auditedBefore) {
      audit(1_000_000);
      assertThat(fault()).isNull();
    }
  }

  /** A row with another payload, and every hash from there on made again: an intact chain. */
  private void forgeFrom(long seq) {
    tamper("UPDATE audit_events SET payload = '{\"n\":7777}' WHERE tenant_id = ? AND seq = " + seq);
    Position position = Position.genesis(tenant);
    for (EventRow row : chains.page(tenant, 0, 1000, 1000).await().indefinitely()) {
      ChainHash hash = ChainHash.next(position.hash(), row.entry().envelope());
      Database.tamper(
          "UPDATE audit_events SET hash = decode(?, 'hex') WHERE tenant_id = ? AND seq = ?",
          HexFormat.of().formatHex(hash.bytes()),
          tenant,
          row.seq());
      position = new Position(tenant, row.seq(), hash, row.at().toInstant());
    }
  }

  private void tamper(String sql) {
    Database.tamper(sql, tenant);
  }

  /** Everything that tells people of it: the note, the log line, the health check, no statement. */
  private void assertFound(String code) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler listening = new Listening(lines);
    Logger logger = Logger.getLogger(Auditor.class.getName());
    logger.addHandler(listening);
    try {
      audit(1_000_000);
    } finally {
      logger.removeHandler(listening);
    }
    assertThat(fault()).isEqualTo(code);
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).startsWith("ERROR").contains(tenant.toString(), code));
    given().get("/q/health/group/audit").then().statusCode(503);
    reader(tenant).get("/v1/audit/attestation").then().statusCode(404);
  }

  private static final class Listening extends Handler {
    private final List<String> lines;

    Listening(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord record) {
      String text = record.getMessage();
      Object[] parameters = record.getParameters();
      lines.add(
          record.getLevel().getName()
              + " "
              + (parameters == null ? text : text.formatted(parameters)));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private String fault() {
    return Database.column(
            "SELECT fault_code FROM audit.audit_progress WHERE tenant_id = ?", tenant)
        .get(0);
  }

  private void audit(long budget) {
    auditor(Map.of("starts-again-after", "PT0S", "chains-per-round", "100000")).round(budget);
  }

  private Auditor auditor(Map<String, String> settings) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(AuditorConfig.class);
    settings.forEach((name, value) -> builder.withDefaultValue("audit.auditor." + name, value));
    return new Auditor(
        builder.build().getConfigMapping(AuditorConfig.class),
        progress,
        chains,
        checkpoints,
        keys,
        InstantSource.system(),
        new SimpleMeterRegistry());
  }
}
