package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.verified;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.readiness.Http.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Admission and decisions, seen at work on the canaries. */
final class DecisionChecks implements Register.Family {

  static final int FLOOD_LIMIT = 3;

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int KEY_REUSED = 422;
  private static final int TOO_MANY = 429;

  private final Supplier<Canary> canary;
  private final Supplier<Canary> flooded;

  /**
   * The checks.
   *
   * @param canary with room for some evaluations a minute
   * @param flooded with room for {@value #FLOOD_LIMIT}
   */
  DecisionChecks(Supplier<Canary> canary, Supplier<Canary> flooded) {
    this.canary = canary;
    this.flooded = flooded;
  }

  @Override
  public void enter(Register register) {
    register
        .line("rate-limit", this::rateLimit)
        .line("idempotency", this::idempotency)
        .line("retention", this::retention)
        .line("admin-audit", this::adminAudit);
  }

  private Outcome rateLimit() {
    int answered = 0;
    for (int i = 0; i < 2 * FLOOD_LIMIT + 2; i++) {
      Seen seen = flooded.get().evaluate();
      if (seen.status() == TOO_MANY) {
        boolean told =
            seen.header("Retry-After").isPresent() && seen.header("RateLimit-Policy").isPresent();
        int other = canary.get().evaluate().status();
        return told && other == OK
            ? verified(
                "A tenant with %d evaluations a minute got 429 after %d, with Retry-After; another tenant went on.",
                FLOOD_LIMIT, answered)
            : failed(
                "429 %s; another tenant answered %d.", told ? "with its headers" : "bare", other);
      }
      seen.expect(OK, "POST /v1/evaluations/forward");
      answered++;
    }
    return failed("A tenant with %d evaluations a minute got %d answers.", FLOOD_LIMIT, answered);
  }

  private Outcome idempotency() {
    String key = "readiness-" + UUID.randomUUID();
    String body = Canary.proposal(1, 5);
    Seen first = canary.get().evaluate(key, body).expect(OK, "POST /v1/evaluations/forward");
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Seen again = canary.get().evaluate(key, body);
      if (again.status() != OK || !again.body().equals(first.body())) {
        faults.add("the same request again answered differently");
      }
      if (again.header("Idempotent-Replayed").filter("true"::equals).isEmpty()) {
        faults.add("the repeat carries no Idempotent-Replayed");
      }
    }
    int other = canary.get().evaluate(key, Canary.proposal(9, 5)).status();
    if (other != KEY_REUSED) {
      faults.add("another body under the same key answered " + other);
    }
    String id = first.json().path("evaluation_id").asText();
    Seen replay = canary.get().post("/v1/evaluations/" + id + "/replay", "", Map.of());
    if (!replay.json().path("matches").asBoolean()) {
      faults.add("the decision derived again has another digest");
    }
    int recorded = events("response_emitted&subject=" + id).size();
    if (recorded != 1) {
      faults.add("the chain holds " + recorded + " answers of it");
    }
    return faults.isEmpty()
        ? verified(
            "Sent three times: one answer, byte for byte, once in the chain; another body under its key answered"
                + " 422; derived again it has the same digest.")
        : failed("%s.", String.join("; ", faults));
  }

  private Outcome retention() {
    JsonNode retention = canary.get().get("/v1/retention").expect(OK, "GET /v1/retention").json();
    JsonNode days = retention.path("retention_days");
    return verified(
        "Each tenant has a retention period, and contents beyond it are erased in the background; the canary's: %s.",
        days.isNumber() ? days.asInt() + " days" : "none, contents are kept");
  }

  /** A hold and a release by the operator stand in the tenant's own chain. */
  private Outcome adminAudit() {
    canary.get().hold().expect(NO_CONTENT, "POST /v1/billing/accounts/{tenant}/hold");
    canary.get().release().expect(NO_CONTENT, "POST /v1/billing/accounts/{tenant}/release");
    long version = canary.get().account().path("version").asLong();
    Eventually.see(
        "The operator's release in the canary's chain",
        BillingChecks.MOVING_TIME,
        () -> events("standing_changed"),
        found -> found.stream().anyMatch(it -> it.at("/payload/version").asLong() == version));
    return verified(
        "An operator's hold and release stand in the tenant's chain with their reason (version %d).",
        version);
  }

  private List<JsonNode> events(String query) {
    return ChainPages.events(canary.get(), query);
  }
}
