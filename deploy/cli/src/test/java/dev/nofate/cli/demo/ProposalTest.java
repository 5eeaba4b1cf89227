package dev.nofate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final GrantDesk grants = new GrantDesk("018f0000-0000-7000-8000-000000000001");

  @Test
  void atLeastSixtyAreShippedAndNoTwoHaveTheSameName() {
    List<Proposal> shipped = Proposal.shipped();

    assertThat(shipped).hasSizeGreaterThanOrEqualTo(60);
    assertThat(shipped).extracting(Proposal::name).doesNotHaveDuplicates();
  }

  @Test
  void togetherTheyReachEveryReasonThatForwardEvaluationCanGive() {
    assertThat(Proposal.shipped())
        .extracting(proposal -> proposal.expect().reason())
        .contains(
            "MALFORMED_PAYLOAD",
            "MISSING_REQUIRED_FIELD",
            "UNKNOWN_FIELD",
            "PAYLOAD_TOO_LARGE",
            "FACT_TYPE_MISMATCH",
            "UNKNOWN_RULESET",
            "INVALID_TIMESTAMP",
            "STALE_INPUT",
            "TIME_DRIFT_EXCEEDED",
            "AUTHORITY_REJECTED",
            "AUTHORITY_MISSING",
            "RULE_VIOLATION",
            "FACTS_INCOMPLETE",
            "RULE_UNDECIDABLE",
            "NO_APPLICABLE_RULE",
            "CONFLICTING_RULES",
            null);
  }

  @Test
  void timesAreFilledInFromTheirOffsets() throws IOException {
    JsonNode body = body("refund: observed ninety seconds ago");

    assertThat(body.path("evaluated_at").asText()).isEqualTo("2026-11-23T10:00:00Z");
    assertThat(body.path("observed_at").asText()).isEqualTo("2026-11-23T09:58:30Z");
  }

  @Test
  void aTimeWithoutOffsetStaysAbsent() throws IOException {
    assertThat(body("wire: no time of evaluation").has("evaluated_at")).isFalse();
  }

  @Test
  void grantsAreSignedAndAbsentWhereNoneAreGiven() throws IOException {
    assertThat(body("export: consented and granted").path("authority").path(0).asText())
        .matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}");
    assertThat(body("wire: an ordinary transfer").has("authority")).isFalse();
  }

  @Test
  void rawTextIsSentAsItStands() {
    Proposal raw = named("text: not JSON");

    assertThat(raw.body(NOW, grants)).isEqualTo("please transfer 100 EUR");
  }

  @Test
  void anExpectationIsMetByStateReasonAndMissingFactsAlone() throws IOException {
    Proposal.Expected expected =
        new Proposal.Expected("NO_DETERMINISTIC_OUTCOME", "FACTS_INCOMPLETE", List.of("b", "a"));

    assertThat(expected.isMetBy(answer("FACTS_INCOMPLETE", "[\"a\",\"b\"]"))).isTrue();
    assertThat(expected.isMetBy(answer("FACTS_INCOMPLETE", "[\"a\"]"))).isFalse();
    assertThat(expected.isMetBy(answer("RULE_UNDECIDABLE", "[\"a\",\"b\"]"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent.refund", "treasury.wire", "privacy.export"})
  void eachRulesetHasItsNameAScopeAndExamples(String name) {
    JsonNode ruleset = RulesetChapter.document(name);

    assertThat(ruleset.path("name").asText()).isEqualTo(name);
    assertThat(ruleset.path("scope").asText()).isNotBlank();
    assertThat(ruleset.path("examples")).isNotEmpty();
  }

  private static JsonNode answer(String code, String missing) throws IOException {
    return Json.MAPPER.readTree(
        "{\"state\":\"NO_DETERMINISTIC_OUTCOME\",\"reason\":{\"code\":\"%s\",\"missing\":%s}}"
            .formatted(code, missing));
  }

  private JsonNode body(String name) throws IOException {
    return Json.MAPPER.readTree(named(name).body(NOW, grants));
  }

  private static Proposal named(String name) {
    return Proposal.shipped().stream()
        .filter(proposal -> proposal.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
