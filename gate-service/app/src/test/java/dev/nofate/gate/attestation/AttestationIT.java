package dev.nofate.gate.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@GateTest
class AttestationIT {

  private static final String ABOUT = "readiness_report";

  @Test
  void theDigestStandsOnceInTheOperatorsChain() {
    String digest = digest();
    for (int i = 0; i < 2; i++) {
      Client.operator()
          .body(body(ABOUT, digest))
          .post("/v1/admin/attestations")
          .then()
          .statusCode(201)
          .body("about", equalTo(ABOUT))
          .body("digest", equalTo(digest));
    }
    List<JsonNode> found =
        Neighbours.chain(TenantId.OPERATOR.toString()).stream()
            .filter(event -> digest.equals(event.at("/payload/digest").textValue()))
            .toList();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).get("type").textValue()).isEqualTo("admin_action");
    assertThat(found.get(0).get("payload").size()).isEqualTo(4);
    assertThat(found.get(0).at("/payload/action").textValue()).isEqualTo("attested");
    UUID.fromString(found.get(0).at("/payload/actor").textValue());
  }

  @Test
  void whatIsNoDigestIsRefused() {
    for (String digest : new String[] {"", "sha256:00", "sha256:" + "G".repeat(64), "a text"}) {
      Client.operator()
          .body(body(ABOUT, digest))
          .post("/v1/admin/attestations")
          .then()
          .statusCode(400);
    }
    Client.operator()
        .body(body("A sentence about it.", digest()))
        .post("/v1/admin/attestations")
        .then()
        .statusCode(400);
  }

  @Test
  void aTenantAttestsNothing() {
    Client.fresh()
        .request()
        .body(body(ABOUT, digest()))
        .post("/v1/admin/attestations")
        .then()
        .statusCode(403)
        .body("code", equalTo("FORBIDDEN"));
  }

  private static String body(String about, String digest) {
    return "{\"about\":\"%s\",\"digest\":\"%s\"}".formatted(about, digest);
  }

  private static String digest() {
    return "sha256:" + UUID.randomUUID().toString().replace("-", "").repeat(2);
  }
}
