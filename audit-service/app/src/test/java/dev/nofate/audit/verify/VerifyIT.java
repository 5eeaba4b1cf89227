package dev.nofate.audit.verify;

import static dev.nofate.audit.fixture.Client.grow;
import static dev.nofate.audit.fixture.Client.key;
import static dev.nofate.audit.fixture.Client.newId;
import static dev.nofate.audit.fixture.Client.reader;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.event.WireEvents;
import dev.nofate.audit.fixture.Database;
import dev.nofate.kit.problem.ProblemException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class VerifyIT {

  @Inject ChainReader chains;
  @Inject WireEvents wire;

  private final UUID tenant = newId();

  @Test
  void findsAnUntouchedChainIntactAndNamesItsHead() {
    grow(tenant, 430);
    JsonPath head = reader(tenant).get("/v1/audit/head").jsonPath();

    JsonPath answer = reader(tenant).post("/v1/audit/verify").jsonPath();

    assertThat(answer.getBoolean("valid")).isTrue();
    assertThat(answer.getInt("events")).isEqualTo(430);
    assertThat(answer.getMap("head")).isEqualTo(head.getMap(""));
    assertThat(answer.getMap("")).containsOnlyKeys("valid", "events", "head");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          payload = jsonb_set(payload, '{n}', '10000')     | 217 | HASH_MISMATCH
          payload = '{"n": 9007199254740993}'              | 217 | PAYLOAD_MALFORMED
          payload = '[]'                                   | 217 | PAYLOAD_MALFORMED
          at = at + interval '1 microsecond'               | 217 | HASH_MISMATCH
          at = at - interval '1 hour'                      | 217 | TIME_BACKWARDS
          at = 'infinity'                                  | 217 | TIME_MALFORMED
          type = 'gate_passed'                             | 217 | HASH_MISMATCH
          subject = '018f3f6e-7c1a-7000-8000-000000000001' | 217 | HASH_MISMATCH
          hash = sha256('x')                               | 217 | HASH_MISMATCH
          seq = 100000                                     | 217 | SEQ_MISSING
          tenant_id = '018f3f6e-7c1a-7000-8000-00000000dead', seq = extract(epoch FROM clock_timestamp()) * 1e6 | 217 | SEQ_MISSING
          """)
  void findsAnEditedRow(String change, int badSeq, String code) {
    grow(tenant, 230);
    if (change.contains("'[]'")) {
      Database.tamper(
          "ALTER TABLE audit_events DROP CONSTRAINT IF EXISTS audit_events_payload_check");
    }
    Database.tamper(
        "UPDATE audit_events SET " + change + " WHERE tenant_id = ? AND seq = 217", tenant);

    assertBroken(badSeq, code);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "200", "201", "229"})
  void findsARemovedRow(int seq) {
    grow(tenant, 230);
    Database.tamper("DELETE FROM audit_events WHERE tenant_id = ? AND seq = ?", tenant, seq);

    assertBroken(seq, "SEQ_MISSING");
  }

  @Test
  void findsSwappedRows() {
    grow(tenant, 30);
    Database.tamper(
        "UPDATE audit_events SET seq = CASE seq WHEN 12 THEN 1000013 ELSE 1000012 END WHERE tenant_id = ? AND seq IN (12, 13)",
        tenant);
    Database.tamper(
        "UPDATE audit_events SET seq = seq - 1000000 WHERE tenant_id = ? AND seq > 1000000",
        tenant);

    assertBroken(12, "HASH_MISMATCH");
  }

  @Test
  void findsAnEditedRowWhoseHashWasMadeToFit() {
    grow(tenant, 10);
    Database.tamper(
        """
        UPDATE audit_events e
           SET payload = '{}',
               hash = sha256(p.hash || convert_to(
                 '{"at":"' || to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                 || '","payload":{},"seq":4,"subject":null,"tenant":"' || e.tenant_id || '","type":"' || e.type
                 || '","v":1}', 'UTF8'))
          FROM audit_events p
         WHERE e.tenant_id = ? AND e.seq = 4 AND p.tenant_id = e.tenant_id AND p.seq = 3
        """,
        tenant);

    assertBroken(5, "HASH_MISMATCH");
  }

  @Test
  void doesNotSeeThatTheTailIsGoneButNamesTheHead() {
    grow(tenant, 10);
    Database.tamper("DELETE FROM audit_events WHERE tenant_id = ? AND seq > 7", tenant);

    reader(tenant)
        .post("/v1/audit/verify")
        .then()
        .body("valid", is(true), "events", is(7), "head.seq", is(7));
  }

  @Test
  void verifiesForKeysOfTheScopeAlone() {
    given().post("/v1/audit/verify").then().statusCode(401);
    key(tenant, "evaluate").post("/v1/audit/verify").then().statusCode(403);
  }

  @Test
  void refusesMoreThanItRunsAtOnce() {
    grow(tenant, 1);
    ChainCheck check = new ChainCheck(chains, new Bounds(0), wire);

    assertThatThrownBy(() -> check.check(tenant).await().atMost(Duration.ofSeconds(10)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(503));
  }

  @Test
  void givesItsPlaceBackWhateverTheVerdict() {
    grow(tenant, 3);
    ChainCheck check = new ChainCheck(chains, new Bounds(1), wire);
    for (int i = 0; i < 3; i++) {
      assertThat(check.check(tenant).await().atMost(Duration.ofSeconds(10)).valid()).isTrue();
    }
    Database.tamper("DELETE FROM audit_events WHERE tenant_id = ? AND seq = 1", tenant);
    for (int i = 0; i < 3; i++) {
      assertThat(check.check(tenant).await().atMost(Duration.ofSeconds(10)).firstBadSeq())
          .isEqualTo(1);
    }
  }

  private record Bounds(int atOnce) implements VerifyConfig {
    @Override
    public int pageEvents() {
      return 2;
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(1);
    }
  }

  private void assertBroken(int seq, String code) {
    reader(tenant)
        .post("/v1/audit/verify")
        .then()
        .statusCode(200)
        .body("valid", is(false))
        .body("first_bad_seq", is(seq))
        .body("reason.code", equalTo(code));
  }
}
