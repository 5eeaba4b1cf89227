package dev.nofate.gate.engine.vectors;

import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.engine.TestGrants;
import dev.nofate.gate.engine.TestRulesets;
import dev.nofate.gate.engine.json.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cases behind {@code decisions-backward-v1.json}. */
final class BackwardVectorCases {

  private static final String RECEIVED = "2026-11-23T10:00:00.123456Z";
  private static final String EVALUATED = "\"evaluated_at\":\"2026-11-23T10:00:00.000Z\"";
  private static final String PAID = TestRulesets.PAID;
  private static final String UNPAID = PAID.replace("\"settled\":true", "\"settled\":false");
  private static final String PAGE = "\"render_targets\":[\"page\"],\"cardinality_mode\":\"one\"";

  private final List<VectorCase> cases = new ArrayList<>();

  private BackwardVectorCases() {}

  static List<VectorCase> all() {
    BackwardVectorCases made = new BackwardVectorCases();
    made.renderings();
    made.incomplete();
    made.intake();
    made.temporal();
    made.authority();
    made.rules();
    made.validity();
    return List.copyOf(made.cases);
  }

  private void renderings() {
    notice("one target", PAID, "one", "\"page\"", null);
    notice("all of several targets", PAID, "all", "\"notice\",\"page\"", null);
    notice("targets in another order", PAID, "all", "\"page\",\"notice\"", null);
    notice("the one that is complete among several", PAID, "one", "\"refund\",\"page\"", null);
    notice(
        "text that is markup elsewhere",
        PAID.replace("<Ann & Bob>", "</p><script>\\\"'`=\\n\\u0001"),
        "all",
        "\"page\",\"notice\"",
        null);
    notice("an empty string is a value", PAID.replace("<Ann & Bob>", ""), "one", "\"page\"", null);
    notice(
        "an empty list runs no section",
        PAID.replaceFirst("\"lines\":\\[.*\\]", "\"lines\":[]"),
        "one",
        "\"notice\"",
        null);
    notice(
        "a number in its canonical form",
        PAID.replace("1200.50", "1e21"),
        "one",
        "\"notice\"",
        null);
    notice("beyond the basic plane", PAID.replace("Ann", "\ud83d\ude00"), "one", "\"page\"", null);
    notice("two that are complete", PAID, "one", "\"notice\",\"page\"", Code.MULTIPLE);
    add(
        "context in a template",
        "payments.notice",
        body(
            "payments.notice",
            "\"core_ir\":{\"settled\":true,\"amount\":1,\"extra\":-0.0},"
                + "\"context\":{\"language\":\"fr\"},\"render_targets\":[\"local\"],"
                + "\"cardinality_mode\":\"all\""),
        null);
  }

  private void incomplete() {
    notice("none that is complete", PAID, "one", "\"refund\"", Code.INCOMPLETE);
    notice("one of two that is not", PAID, "all", "\"page\",\"refund\"", Code.INCOMPLETE);
    notice(
        "null is missing",
        PAID.replace("\"<Ann & Bob>\"", "null"),
        "one",
        "\"page\"",
        Code.INCOMPLETE);
    notice(
        "an element without its member",
        PAID.replace("{\"text\":\"b\"}", "{\"price\":1}"),
        "one",
        "\"notice\"",
        Code.INCOMPLETE);
    notice(
        "an object where text stands",
        "{\"settled\":true,\"amount\":1,\"extra\":{\"a\":1}}",
        "one",
        "\"local\"",
        Code.INCOMPLETE);
    notice(
        "a rendering beyond the limit",
        PAID.replace("<Ann & Bob>", "<".repeat(70_000)),
        "one",
        "\"page\"",
        Code.INCOMPLETE);
  }

  private void intake() {
    add("text that is no JSON", "payments.notice", "{\"core_ir\"", ReasonCode.MALFORMED_PAYLOAD);
    notice("no target", PAID, "one", "", ReasonCode.MALFORMED_PAYLOAD);
    notice("a target named twice", PAID, "one", "\"page\",\"page\"", ReasonCode.MALFORMED_PAYLOAD);
    notice("a mode of no known name", PAID, "some", "\"page\"", ReasonCode.MALFORMED_PAYLOAD);
    add(
        "a forward evaluation",
        "payments.notice",
        body("payments.notice", "\"proposal\":1"),
        ReasonCode.MISSING_REQUIRED_FIELD);
    add(
        "a proposal beside the outcome",
        "payments.notice",
        body("payments.notice", "\"proposal\":1,\"core_ir\":{}," + PAGE),
        ReasonCode.UNKNOWN_FIELD);
    notice(
        "a target the ruleset does not know",
        PAID,
        "all",
        "\"page\",\"letter\"",
        ReasonCode.UNKNOWN_FIELD);
    notice(
        "nesting beyond the limit",
        "[".repeat(64) + "]".repeat(64),
        "one",
        "\"page\"",
        ReasonCode.PAYLOAD_TOO_LARGE);
    notice(
        "a member of another type",
        PAID.replace("1200.50", "\"1200\""),
        "one",
        "\"page\"",
        ReasonCode.FACT_TYPE_MISMATCH);
    add(
        "a ruleset that declares no outcome",
        "payments.transfer",
        body(
            "payments.transfer",
            "\"core_ir\":{},\"render_targets\":[\"notice\"],\"cardinality_mode\":\"one\""),
        ReasonCode.FACT_TYPE_MISMATCH);
    cases.add(
        new VectorCase(
            "a ruleset nobody published",
            Optional.empty(),
            body("payments.none", "\"core_ir\":1," + PAGE),
            RECEIVED,
            VectorCase.Second.AGREES,
            State.INVALID_INPUT,
            Optional.of(ReasonCode.UNKNOWN_RULESET)));
  }

  private void temporal() {
    observed("observed exactly one window before", "2026-11-23T09:59:55Z", null);
    observed(
        "observed after it was evaluated", "2026-11-23T10:00:01Z", ReasonCode.INVALID_TIMESTAMP);
    observed("exactly two windows before", "2026-11-23T09:59:50Z", ReasonCode.STALE_INPUT);
    observed("beyond two windows", "2026-11-23T09:59:49Z", ReasonCode.TIME_DRIFT_EXCEEDED);
  }

  private void authority() {
    String outcome = "{\"amount\":1,\"paid\":true}";
    String good = "\"exp\":1795432000";
    receipt("a grant", outcome, claims("wire", good), null);
    receipt("a grant bound to the outcome", outcome, bound(outcome), null);
    receipt(
        "a grant bound to another outcome", outcome, bound("{}"), ReasonCode.AUTHORITY_REJECTED);
    receipt(
        "a grant for another action",
        outcome,
        claims("refund", good),
        ReasonCode.AUTHORITY_REJECTED);
    add(
        "no grant",
        "payments.receipt",
        body("payments.receipt", line(outcome)),
        ReasonCode.AUTHORITY_MISSING);
  }

  private void rules() {
    add(
        "the rules say violation",
        "payments.notice",
        page(UNPAID, "{\"ceiling\":9}"),
        ReasonCode.RULE_VIOLATION);
    add(
        "the rules contradict each other",
        "payments.notice",
        page(PAID, "{\"ceiling\":9}"),
        ReasonCode.CONFLICTING_RULES);
    add("no rule fires", "payments.notice", page(UNPAID, "{}"), ReasonCode.NO_APPLICABLE_RULE);
    add(
        "an outcome without what a rule reads",
        "payments.notice",
        page("{\"payee\":\"x\"}", "{\"ceiling\":9}"),
        ReasonCode.FACTS_INCOMPLETE);
    add(
        "a rule that cannot be evaluated",
        "payments.notice",
        page(PAID, "{\"divisor\":0}"),
        ReasonCode.RULE_UNDECIDABLE);
  }

  private void validity() {
    for (VectorCase.Second second :
        List.of(VectorCase.Second.DIFFERS, VectorCase.Second.RENDERS_OTHERWISE)) {
      cases.add(
          new VectorCase(
              second == VectorCase.Second.DIFFERS
                  ? "the second derivation differs"
                  : "the second derivation renders otherwise",
              Optional.of("payments.notice"),
              page(PAID, "{}"),
              RECEIVED,
              second,
              State.NO_DETERMINISTIC_OUTCOME,
              Optional.of(ReasonCode.NOT_REPRODUCIBLE)));
    }
  }

  /** Short names for the two codes that only this direction gives. */
  private static final class Code {
    private static final ReasonCode MULTIPLE = ReasonCode.MULTIPLE_RENDERINGS;
    private static final ReasonCode INCOMPLETE = ReasonCode.RENDERING_INCOMPLETE;

    private Code() {}
  }

  private void notice(String name, String ir, String mode, String targets, ReasonCode code) {
    String members =
        "\"core_ir\":%s,\"render_targets\":[%s],\"cardinality_mode\":\"%s\""
            .formatted(ir, targets, mode);
    add(name, "payments.notice", body("payments.notice", members), code);
  }

  private void observed(String name, String time, ReasonCode code) {
    String members = "\"core_ir\":" + PAID + "," + PAGE + ",\"observed_at\":\"" + time + "\"";
    add(name, "payments.notice", body("payments.notice", members), code);
  }

  private void receipt(String name, String outcome, String claims, ReasonCode code) {
    String members = line(outcome) + ",\"authority\":[\"" + TestGrants.edDsa(claims) + "\"]";
    add(name, "payments.receipt", body("payments.receipt", members), code);
  }

  private static String line(String outcome) {
    return "\"core_ir\":" + outcome + ",\"render_targets\":[\"line\"],\"cardinality_mode\":\"all\"";
  }

  private static String page(String ir, String context) {
    return body("payments.notice", "\"core_ir\":" + ir + ",\"context\":" + context + "," + PAGE);
  }

  private static String bound(String outcome) {
    String digest = Octets.ofUtf8(outcome).sha256();
    return claims("wire", "\"exp\":1795432000,\"proposal_digest\":\"" + digest + "\"");
  }

  private static String claims(String action, String more) {
    return "{\"action\":\"" + action + "\",\"tenant\":\"" + VectorCases.TENANT + "\"," + more + "}";
  }

  private static String body(String ruleset, String members) {
    return "{\"ruleset\":\"" + ruleset + "\"," + members + "," + EVALUATED + "}";
  }

  private void add(String name, String ruleset, String body, ReasonCode code) {
    cases.add(
        new VectorCase(
            name,
            Optional.of(ruleset),
            body,
            RECEIVED,
            VectorCase.Second.AGREES,
            code == null ? State.DETERMINISTIC_COMPLIANCE : code.state(),
            Optional.ofNullable(code)));
  }
}
