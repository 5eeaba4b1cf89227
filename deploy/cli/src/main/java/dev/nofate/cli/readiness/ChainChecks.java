package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.needsPerson;
import static dev.nofate.cli.readiness.Outcome.verified;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.cli.readiness.Http.Seen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The log: verified by the service, by this program from an export, and by the auditor in time. */
record ChainChecks(Deployment deployment, Http http, Supplier<Canary> canary)
    implements Register.Family {

  private static final int OK = 200;

  @Override
  public void enter(Register register) {
    register
        .line("verify-chain", this::offline)
        .line("chain-integrity", this::online)
        .line("chain-anomalies", this::anomalies)
        .line("regular-verification", this::auditor);
  }

  /** Hashes again, here, what the export says. */
  private Outcome offline() throws IOException {
    Seen export = canary.get().get("/v1/audit/export").expect(OK, "GET /v1/audit/export");
    byte[] lines = export.body().getBytes(StandardCharsets.UTF_8);
    Verdict verdict =
        ChainVerifier.startingAtGenesis(UUID.fromString(canary.get().tenantId()))
            .acceptAll(new ByteArrayInputStream(lines));
    return verdict instanceof Verdict.Valid valid
        ? verified(
            "The canary's chain, exported and hashed again here: %d events, none differs.",
            valid.events())
        : failed("The canary's chain, exported and hashed again here: %s.", verdict);
  }

  private Outcome online() {
    Seen seen = canary.get().post("/v1/audit/verify", "", Map.of());
    JsonNode answer = seen.expect(OK, "POST /v1/audit/verify").json();
    return answer.path("valid").asBoolean()
        ? verified(
            "audit-service hashed the canary's %d events again, none differs.",
            answer.path("events").asLong())
        : failed(
            "The canary's chain differs at seq %d: %s.",
            answer.path("first_bad_seq").asLong(), answer.at("/reason/code").asText());
  }

  /** The service walks all chains by itself and is not ready while one differs. */
  private Outcome anomalies() {
    String url = deployment.services().get(Settings.AUDIT);
    if (url == null) {
      throw new OutOfReach("AUDIT_URL is not given (--env); a week's events are read by a person.");
    }
    Seen health = http.get(url + "/q/health", Map.of());
    for (JsonNode check : health.json().path("checks")) {
      if (check.path("name").asText().contains("chain")
          && !"UP".equals(check.path("status").asText())) {
        return failed("audit-service tells of a chain that differs: %s.", check.path("data"));
      }
    }
    return needsPerson(
        "audit-service tells of no chain that differs; a week's events are read by a person.");
  }

  /** The auditor's signed note about the canary says when it walked the chain. */
  private Outcome auditor() {
    Seen note = canary.get().get("/v1/audit/attestation");
    if (note.status() != OK) {
      throw new OutOfReach(
          "The auditor has stated nothing about the canary yet (%d).", note.status());
    }
    return verified(
        "The auditor's last signed note about the canary: %s.",
        String.join(", ", note.body().lines().filter(ChainChecks::isTelling).toList()));
  }

  private static boolean isTelling(String line) {
    return line.startsWith("events ") || line.startsWith("head-reached ");
  }

  @Override
  public String toString() {
    return "ChainChecks";
  }
}
