package dev.nofate.gate.engine.vectors;

import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.engine.TestGrants;
import dev.nofate.gate.engine.json.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cases behind {@code decisions-v1.json}. */
final class VectorCases {

  static final String TENANT = "0192f0c1-0000-7000-8000-000000000001";
  static final String RECEIVED = "2026-11-23T10:00:00.123456Z";
  private static final String EVALUATED = "\"evaluated_at\":\"2026-11-23T10:00:00.000Z\"";

  private final List<VectorCase> cases = new ArrayList<>();

  private VectorCases() {}

  static List<VectorCase> all() {
    VectorCases made = new VectorCases();
    made.intake();
    made.temporal();
    made.authority();
    made.rules();
    made.overrides();
    made.missing();
    made.validity();
    made.cases.addAll(DelegationCases.all());
    return List.copyOf(made.cases);
  }

  private void intake() {
    transfer(
        "the contract's example",
        "\"proposal\":{\"amount\":1200,\"currency\":\"EUR\"},\"context\":{\"limit\":5000}");
    transfer(
        "a whole number written with a fraction",
        "\"proposal\":{\"amount\":1.20e3},\"context\":{\"limit\":5000.0}");
    transfer(
        "members in another order",
        "\"context\":{\"limit\":5000},\"proposal\":{\"currency\":\"EUR\",\"amount\":1200}");
    add(
        "text that is no JSON",
        "payments.transfer",
        "{\"ruleset\"",
        RECEIVED,
        ReasonCode.MALFORMED_PAYLOAD);
    add("an empty body", "payments.transfer", "", RECEIVED, ReasonCode.MALFORMED_PAYLOAD);
    transfer(
        "a lossy number",
        "\"proposal\":{\"amount\":9007199254740993}",
        ReasonCode.MALFORMED_PAYLOAD);
    transfer(
        "a duplicate key",
        "\"proposal\":{\"amount\":1,\"amount\":1}",
        ReasonCode.MALFORMED_PAYLOAD);
    transfer(
        "a member of another type",
        "\"proposal\":{},\"observed_at\":1",
        ReasonCode.MALFORMED_PAYLOAD);
    add(
        "no proposal and no time",
        "payments.transfer",
        "{\"ruleset\":\"payments.transfer\"}",
        RECEIVED,
        ReasonCode.MISSING_REQUIRED_FIELD);
    transfer("an unknown member", "\"proposal\":{},\"model\":\"x\"", ReasonCode.UNKNOWN_FIELD);
    transfer(
        "nesting beyond the limit",
        "\"proposal\":" + "[".repeat(64) + "]".repeat(64),
        ReasonCode.PAYLOAD_TOO_LARGE);
    transfer(
        "a fact of another type",
        "\"proposal\":{\"amount\":\"1200\"}",
        ReasonCode.FACT_TYPE_MISMATCH);
    transfer(
        "an integer beyond 64 bits",
        "\"proposal\":{\"amount\":1e300}",
        ReasonCode.FACT_TYPE_MISMATCH);
    transfer(
        "an undeclared fact",
        "\"proposal\":{\"amount\":1,\"iban\":\"x\"}",
        ReasonCode.FACT_TYPE_MISMATCH);
    cases.add(
        new VectorCase(
            "a ruleset nobody published",
            Optional.empty(),
            body("payments.none", "\"proposal\":1"),
            RECEIVED,
            false,
            State.INVALID_INPUT,
            Optional.of(ReasonCode.UNKNOWN_RULESET)));
    cases.add(
        new VectorCase(
            "a reference of no known form",
            Optional.empty(),
            body("payments.transfer@newest", "\"proposal\":1"),
            RECEIVED,
            false,
            State.INVALID_INPUT,
            Optional.of(ReasonCode.UNKNOWN_RULESET)));
  }

  private void temporal() {
    String good = "\"proposal\":{\"amount\":1},\"context\":{\"limit\":5},\"observed_at\":";
    transfer("observed exactly one window before", good + "\"2026-11-23T09:59:55.000Z\"");
    transfer("observed with another offset", good + "\"2026-11-23T11:59:58+02:00\"");
    transfer(
        "one nanosecond beyond the window",
        good + "\"2026-11-23T09:59:54.999999999Z\"",
        ReasonCode.STALE_INPUT);
    transfer(
        "exactly two windows before", good + "\"2026-11-23T09:59:50Z\"", ReasonCode.STALE_INPUT);
    transfer(
        "beyond two windows", good + "\"2026-11-23T09:59:49.9Z\"", ReasonCode.TIME_DRIFT_EXCEEDED);
    transfer(
        "the request's own window counts",
        good + "\"2026-11-23T09:59:49.9Z\",\"decision_window_ms\":60000");
    transfer(
        "observed after it was evaluated",
        good + "\"2026-11-23T10:00:00.001Z\"",
        ReasonCode.INVALID_TIMESTAMP);
    transfer("observed at no time", good + "\"yesterday\"", ReasonCode.INVALID_TIMESTAMP);
    add(
        "evaluated at no time",
        "payments.transfer",
        "{\"ruleset\":\"payments.transfer\",\"proposal\":{},\"evaluated_at\":\"2026-11-23\"}",
        RECEIVED,
        ReasonCode.INVALID_TIMESTAMP);
    String fresh = "\"proposal\":{\"amount\":1},\"context\":{\"limit\":5}";
    add(
        "received beyond the allowed skew",
        "payments.transfer",
        body("payments.transfer", fresh),
        "2026-11-23T10:05:00.000001Z",
        ReasonCode.TIME_DRIFT_EXCEEDED);
    add(
        "received exactly at the allowed skew",
        "payments.transfer",
        body("payments.transfer", fresh),
        "2026-11-23T10:05:00.000000Z",
        null);
    add(
        "evaluated later than received",
        "payments.transfer",
        body("payments.transfer", fresh),
        "2026-11-23T09:54:59.999999Z",
        ReasonCode.TIME_DRIFT_EXCEEDED);
  }

  private void authority() {
    wire("an EdDSA grant", claims("wire", TENANT, "\"exp\":1795432000"), null);
    wire("a grant bound to the proposal", bound("{\"amount\":1}"), null);
    wire(
        "a grant bound to another proposal",
        bound("{\"amount\":2}"),
        ReasonCode.AUTHORITY_REJECTED);
    wire(
        "a grant for another action",
        claims("refund", TENANT, "\"exp\":1795432000"),
        ReasonCode.AUTHORITY_REJECTED);
    wire(
        "a grant for another tenant",
        claims("wire", "0192f0c1-0000-7000-8000-000000000002", "\"exp\":1795432000"),
        ReasonCode.AUTHORITY_REJECTED);
    wire(
        "an expired grant",
        claims("wire", TENANT, "\"exp\":1700000000"),
        ReasonCode.AUTHORITY_REJECTED);
    wire(
        "a grant not yet valid",
        claims("wire", TENANT, "\"exp\":1795432000,\"nbf\":1795431999"),
        ReasonCode.AUTHORITY_REJECTED);
    add(
        "no grant",
        "payments.wire",
        body("payments.wire", "\"proposal\":{\"amount\":1}"),
        RECEIVED,
        ReasonCode.AUTHORITY_MISSING);
    add(
        "an empty list of grants",
        "payments.wire",
        body("payments.wire", "\"proposal\":{\"amount\":1},\"authority\":[]"),
        RECEIVED,
        ReasonCode.AUTHORITY_MISSING);
    add(
        "text that is no grant",
        "payments.wire",
        body("payments.wire", "\"proposal\":{\"amount\":1},\"authority\":[\"a.b.c\"]"),
        RECEIVED,
        ReasonCode.AUTHORITY_REJECTED);
  }

  private void rules() {
    transfer(
        "over the limit",
        "\"proposal\":{\"amount\":5001},\"context\":{\"limit\":5000}",
        ReasonCode.RULE_VIOLATION);
    refund(
        "a fact that fails a rule's arithmetic",
        "\"proposal\":{\"amount\":5},\"context\":{\"ceiling\":9,\"divisor\":0}",
        ReasonCode.RULE_UNDECIDABLE);
    refund(
        "a key that an open object does not have",
        "\"proposal\":{\"amount\":5,\"items\":[{\"sku\":\"a\"}]},\"context\":{\"ceiling\":9}",
        ReasonCode.RULE_UNDECIDABLE);
    refund(
        "no rule fires",
        "\"proposal\":{\"amount\":25},\"context\":{\"ceiling\":30}",
        ReasonCode.NO_APPLICABLE_RULE);
    refund(
        "compliance and violation remain",
        "\"proposal\":{\"amount\":15},\"context\":{\"ceiling\":10}",
        ReasonCode.CONFLICTING_RULES);
    refund(
        "a whole number where a number is declared",
        "\"proposal\":{\"amount\":20},\"context\":{\"ceiling\":20}",
        null);
  }

  private void overrides() {
    refund(
        "an override silences a violation",
        "\"proposal\":{\"amount\":15,\"reason\":\"damaged\"},\"context\":{\"ceiling\":10,\"vip\":true}",
        null);
    refund(
        "an override silences everything",
        "\"proposal\":{\"amount\":15,\"reason\":\"damaged\"},\"context\":{\"ceiling\":10,\"vip\":true,\"blocked\":true}",
        ReasonCode.RULE_VIOLATION);
    refund(
        "an overridden rule asks for nothing",
        "\"proposal\":{},\"context\":{\"blocked\":true,\"vip\":true,\"tags\":{}}",
        ReasonCode.RULE_VIOLATION);
    refund(
        "an overridden rule in error decides nothing",
        "\"proposal\":{\"amount\":5},\"context\":{\"blocked\":true,\"divisor\":0}",
        ReasonCode.RULE_VIOLATION);
    refund(
        "an optional fact that is absent is decided",
        "\"proposal\":{\"amount\":5},\"context\":{\"ceiling\":10,\"vip\":false}",
        null);
  }

  private void missing() {
    transfer(
        "the contract's example without its limit",
        "\"proposal\":{\"amount\":1200,\"currency\":\"EUR\"}",
        ReasonCode.FACTS_INCOMPLETE);
    transfer("nothing stated", "\"proposal\":{}", ReasonCode.FACTS_INCOMPLETE);
    refund(
        "an open object without the key a rule reads",
        "\"proposal\":{\"amount\":5},\"context\":{\"ceiling\":9,\"tags\":{}}",
        ReasonCode.FACTS_INCOMPLETE);
    export(
        "both branches of an open choice",
        "\"proposal\":{\"rows\":5,\"region\":\"eu\"},\"context\":{\"regions\":[\"eu\"]}",
        ReasonCode.FACTS_INCOMPLETE);
    export(
        "only the branch that was chosen",
        "\"proposal\":{\"rows\":5,\"region\":\"eu\"},\"context\":{\"strict\":true,\"regions\":[\"eu\"]}",
        ReasonCode.FACTS_INCOMPLETE);
    export(
        "a loop over an absent list",
        "\"proposal\":{\"rows\":5,\"region\":\"eu\"},\"context\":{\"strict\":false,\"loose_rows\":9}",
        ReasonCode.FACTS_INCOMPLETE);
    export(
        "a loop decided by its first match",
        "\"proposal\":{\"rows\":5,\"region\":\"eu\"},\"context\":{\"strict\":false,\"loose_rows\":9,\"regions\":[\"eu\",\"us\"]}",
        null);
    export(
        "a loop without a match",
        "\"proposal\":{\"rows\":5,\"region\":\"eu\"},\"context\":{\"strict\":false,\"loose_rows\":9,\"regions\":[\"us\"]}",
        ReasonCode.FACTS_INCOMPLETE);
  }

  private void validity() {
    cases.add(
        new VectorCase(
            "the second derivation differs",
            Optional.of("payments.transfer"),
            body("payments.transfer", "\"proposal\":{\"amount\":1},\"context\":{\"limit\":5}"),
            RECEIVED,
            true,
            State.NO_DETERMINISTIC_OUTCOME,
            Optional.of(ReasonCode.NOT_REPRODUCIBLE)));
  }

  private void transfer(String name, String members) {
    transfer(name, members, null);
  }

  private void transfer(String name, String members, ReasonCode code) {
    add(name, "payments.transfer", body("payments.transfer", members), RECEIVED, code);
  }

  private void refund(String name, String members, ReasonCode code) {
    add(name, "shop.refund", body("shop.refund@1", members), RECEIVED, code);
  }

  private void export(String name, String members, ReasonCode code) {
    add(name, "data.export", body("data.export", members), "2026-11-23T10:00:00.000000Z", code);
  }

  private void wire(String name, String claims, ReasonCode code) {
    String members =
        "\"proposal\":{\"amount\":1},\"authority\":[\"" + TestGrants.edDsa(claims) + "\"]";
    add(name, "payments.wire", body("payments.wire", members), RECEIVED, code);
  }

  private static String bound(String proposal) {
    String digest = Octets.ofUtf8(proposal).sha256();
    return claims("wire", TENANT, "\"exp\":1795432000,\"proposal_digest\":\"" + digest + "\"");
  }

  private static String claims(String action, String tenant, String more) {
    return "{\"action\":\"" + action + "\",\"tenant\":\"" + tenant + "\"," + more + "}";
  }

  static String body(String ruleset, String members) {
    return "{\"ruleset\":\"" + ruleset + "\"," + members + "," + EVALUATED + "}";
  }

  private void add(String name, String ruleset, String body, String receivedAt, ReasonCode code) {
    cases.add(
        new VectorCase(
            name,
            Optional.of(ruleset),
            body,
            receivedAt,
            false,
            code == null ? State.DETERMINISTIC_COMPLIANCE : code.state(),
            Optional.ofNullable(code)));
  }
}
