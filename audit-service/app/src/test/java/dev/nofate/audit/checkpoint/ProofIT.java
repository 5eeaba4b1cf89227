package dev.nofate.audit.checkpoint;

import static dev.nofate.audit.fixture.Client.grow;
import static dev.nofate.audit.fixture.Client.key;
import static dev.nofate.audit.fixture.Client.newId;
import static dev.nofate.audit.fixture.Client.reader;
import static dev.nofate.audit.fixture.Client.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.chain.proof.Receipt;
import dev.nofate.audit.chain.proof.ReceiptVerdict;
import dev.nofate.audit.chain.spec.SpecReceipt;
import dev.nofate.audit.chain.spec.SpecTree;
import dev.nofate.audit.chain.tree.ConsistencyProof;
import dev.nofate.audit.chain.tree.InclusionProof;
import dev.nofate.audit.chain.tree.TreeHash;
import dev.nofate.audit.fixture.Client;
import dev.nofate.audit.fixture.Database;
import dev.nofate.audit.fixture.Published;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the log signs and proves, checked with two implementations and the published key alone. */
@QuarkusTest
class ProofIT {

  @Inject CheckpointSchedule schedule;

  private final UUID tenant = newId();

  @Test
  void signsTheTreeOfTheWholeChain() {
    for (int size : List.of(1, 9, 300, 520)) {
      grow(tenant, size - events().size());
      Checkpoint checkpoint = checkpoint();

      assertThat(checkpoint.size()).isEqualTo(size);
      assertThat(checkpoint.root().bytes()).isEqualTo(SpecTree.root(events()));
    }
  }

  @Test
  void signsTheEmptyChain() {
    assertThat(checkpoint().size()).isZero();
    assertThat(stored()).isEmpty();
  }

  @Test
  void provesEveryEventAndEveryEarlierTree() {
    grow(tenant, 530);
    Checkpoint checkpoint = checkpoint();
    List<byte[]> leaves = events();
    for (int seq : List.of(1, 2, 255, 256, 257, 400, 512, 513, 529, 530)) {
      JsonPath answer =
          reader(tenant)
              .get("/v1/audit/proof/inclusion?seq=" + seq)
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      InclusionProof proof =
          new InclusionProof(answer.getLong("index"), answer.getLong("size"), hashes(answer));
      assertThat(proof.verifies(TreeHash.leaf(leaves.get(seq - 1)), checkpoint.root())).isTrue();
      // The timer may have signed an earlier tree meanwhile.
      assertThat(stored()).contains(answer.getString("checkpoint"));
    }
    for (int from : List.of(0, 1, 255, 256, 300, 512, 529, 530)) {
      JsonPath answer =
          reader(tenant)
              .get("/v1/audit/proof/consistency?from=" + from + "&to=530")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      ConsistencyProof proof = new ConsistencyProof(from, 530, hashes(answer));
      TreeHash earlier = TreeHash.ofBytes(SpecTree.root(leaves.subList(0, from)));
      assertThat(proof.verifies(earlier, checkpoint.root())).isTrue();
    }
  }

  @Test
  void givesAReceiptThatTwoImplementationsAccept() {
    UUID evaluation = newId();
    grow(tenant, 3);
    Map<String, Object> event =
        new HashMap<>(Client.event("response_emitted", Map.of("state", "INVALID_INPUT")));
    event.put("subject", evaluation);
    Client.append(Client.request(tenant, List.of(event))).then().statusCode(200);

    String receipt =
        service("gate-service")
            .get(receiptOf(evaluation))
            .then()
            .statusCode(200)
            .contentType("text/plain")
            .extract()
            .asString();

    assertThat(Receipt.parse(receipt).verify(Published.keys(tenant)))
        .isInstanceOf(ReceiptVerdict.Valid.class);
    assertThat(SpecReceipt.envelope(receipt, Published.rawKey()))
        .contains("\"subject\":\"" + evaluation + "\"", "\"type\":\"response_emitted\"");
    service("gate-service").get(receiptOf(newId())).then().statusCode(404);
    service("meter-worker").get(receiptOf(evaluation)).then().statusCode(403);
  }

  @Test
  void keepsACheckpointForGoodAndSignsAnUnchangedChainOnce() {
    grow(tenant, 5);
    checkpoint();
    checkpoint();
    grow(tenant, 1);
    schedule.round().await().atMost(Duration.ofSeconds(30));

    assertThat(stored()).hasSize(2);
  }

  @Test
  void signsAGrowingChainOnDemandSoManyTimesAMinuteAndNoMore() {
    for (int i = 0; i < 60; i++) {
      grow(tenant, 1);
      checkpoint();
    }
    checkpoint();
    grow(tenant, 1);

    for (String path : List.of("checkpoint", "proof/inclusion?seq=61")) {
      reader(tenant)
          .get("/v1/audit/" + path)
          .then()
          .statusCode(429)
          .contentType("application/problem+json")
          .header("Retry-After", "60")
          .body("code", equalTo("RATE_LIMIT_EXCEEDED"));
    }
    reader(tenant).get("/v1/audit/proof/inclusion?seq=60").then().statusCode(200);
    schedule.round().await().atMost(Duration.ofSeconds(30));
    reader(tenant).get("/v1/audit/proof/inclusion?seq=61").then().statusCode(200);
  }

  @Test
  void signsNothingThatContradictsWhatItSigned() {
    grow(tenant, 12);
    checkpoint();
    Database.tamper("DELETE FROM audit_events WHERE tenant_id = ? AND seq > 10", tenant);
    assertRefused("The chain is not what was signed before");

    grow(tenant, 10);
    assertRefused("The chain is not what was signed before");
    assertThat(stored()).hasSize(1);
  }

  @Test
  void signsNothingOfAChainThatHasAHole() {
    grow(tenant, 12);
    checkpoint();
    grow(tenant, 10);
    Database.tamper("DELETE FROM audit_events WHERE tenant_id = ? AND seq = 11", tenant);

    assertRefused("Events of the chain are absent");
    assertThat(stored()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "inclusion?seq=0, 400, BAD_REQUEST",
    "inclusion?seq=x, 400, BAD_REQUEST",
    "inclusion, 400, BAD_REQUEST",
    "inclusion?seq=9007199254740992, 400, BAD_REQUEST",
    "inclusion?seq=4, 404, NOT_FOUND",
    "consistency?from=2&to=1, 400, BAD_REQUEST",
    "consistency?from=-1&to=1, 400, BAD_REQUEST",
    "consistency?from=1, 400, BAD_REQUEST",
    "consistency?from=1&to=4, 404, NOT_FOUND",
  })
  void saysWhichProofThereIsNone(String proof, int status, String code) {
    grow(tenant, 3);
    reader(tenant)
        .get("/v1/audit/proof/" + proof)
        .then()
        .statusCode(status)
        .body("code", equalTo(code));
  }

  @Test
  void servesReadersOfTheLogOnly() {
    key(tenant, "evaluate").get("/v1/audit/checkpoint").then().statusCode(403);
    key(tenant, "evaluate").get("/v1/audit/proof/inclusion?seq=1").then().statusCode(403);
  }

  private void assertRefused(String detail) {
    reader(tenant)
        .get("/v1/audit/checkpoint")
        .then()
        .statusCode(503)
        .body("detail", equalTo(detail));
  }

  private Checkpoint checkpoint() {
    String note =
        reader(tenant)
            .get("/v1/audit/checkpoint")
            .then()
            .statusCode(200)
            .contentType("text/plain")
            .extract()
            .asString();
    return Checkpoint.open(SignedNote.parse(note), Published.keys(tenant)).orElseThrow();
  }

  private String receiptOf(UUID subject) {
    return "/internal/audit/chains/%s/receipt?subject=%s&type=response_emitted"
        .formatted(tenant, subject);
  }

  private List<byte[]> events() {
    return Database.column(
            "SELECT encode(hash, 'hex') FROM audit.audit_events WHERE tenant_id = ? ORDER BY seq",
            tenant)
        .stream()
        .map(HexFormat.of()::parseHex)
        .toList();
  }

  private List<String> stored() {
    return Database.column(
        "SELECT note FROM audit.audit_checkpoints WHERE tenant_id = ? ORDER BY size", tenant);
  }

  private static List<TreeHash> hashes(JsonPath answer) {
    return answer.getList("hashes", String.class).stream().map(TreeHash::ofBase64).toList();
  }
}
