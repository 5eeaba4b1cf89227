package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What rules say of one another when facts are absent. */
class RulesTogetherTest {

  @Test
  void aRuleAndItsOppositeWithOneOutcomeNeedNoFact() {
    Decision decision =
        decide(
            "",
            rule("a", "proposal.amount > 5", "COMPLIANCE"),
            rule("b", "proposal.amount <= 5", "COMPLIANCE"));
    assertThat(decision.state()).isEqualTo(State.DETERMINISTIC_COMPLIANCE);
    assertThat(decision.derivation()).extracting(RuleTrace::fired).containsOnly(Optional.empty());
  }

  @Test
  void aRuleAndItsOppositeWithTwoOutcomesNeedEveryFactTheyRead() {
    RuleLine[] rules = {
      rule("a", "proposal.amount <= proposal.limit", "COMPLIANCE"),
      rule("b", "proposal.amount > proposal.limit", "VIOLATION")
    };
    assertThat(missing(decide("", rules))).containsExactly("proposal.amount", "proposal.limit");
    assertThat(missing(decide("\"limit\":3", rules))).containsExactly("proposal.amount");
  }

  @Test
  void aFactThatOnlySeparatesImpossibleCasesIsNotAskedFor() {
    RuleLine[] rules = {
      rule("a", "proposal.amount > 10 && proposal.amount < 5 && proposal.vip", "VIOLATION"),
      rule("b", "proposal.region == 'eu'", "COMPLIANCE")
    };
    assertThat(missing(decide("", rules))).containsExactly("proposal.region");
    assertThat(decide("\"region\":\"eu\"", rules).state())
        .isEqualTo(State.DETERMINISTIC_COMPLIANCE);
  }

  @Test
  void whatMayFailIsAskedForEvenWhereItsValueDoesNotMatter() {
    RuleLine rule = rule("a", "10 / proposal.amount > 1 ? true : true", "COMPLIANCE");
    assertThat(missing(decide("", rule))).containsExactly("proposal.amount");
    assertThat(decide("\"amount\":0", rule).reason().map(Reason::code))
        .contains(ReasonCode.RULE_UNDECIDABLE);
    assertThat(decide("\"amount\":3", rule).state()).isEqualTo(State.DETERMINISTIC_COMPLIANCE);
  }

  @Test
  void numbersComputedFromFactsAreNotTakenForOrdered() {
    // Zero by zero is no number, which is neither above nor up to anything.
    RuleLine[] rules = {
      rule("a", "proposal.x / proposal.y > 1.0", "COMPLIANCE"),
      rule("b", "proposal.x / proposal.y <= 1.0", "COMPLIANCE")
    };
    assertThat(missing(decide("", rules))).containsExactly("proposal.x", "proposal.y");
    assertThat(decide("\"x\":0,\"y\":0", rules).reason().map(Reason::code))
        .contains(ReasonCode.NO_APPLICABLE_RULE);
  }

  @Test
  void moreCasesThanAreGoneThroughStillNameWhatRulesHangOn() {
    List<RuleLine> rules = new ArrayList<>();
    List<String> names = IntStream.range(0, 13).mapToObj(i -> "proposal.f" + i).toList();
    names.forEach(name -> rules.add(rule(name.substring(9), name, "COMPLIANCE")));
    assertThat(missing(decide("", rules.toArray(RuleLine[]::new))))
        .containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void aThousandRulesOverOneAbsentFactStillNameIt() {
    RuleLine[] rules =
        IntStream.range(0, 1_000)
            .mapToObj(i -> rule("r" + i, "proposal.amount > " + i, "COMPLIANCE"))
            .toArray(RuleLine[]::new);
    assertThat(missing(decide("", rules))).containsExactly("proposal.amount");
  }

  private record RuleLine(String id, String when, String outcome) {
    String json() {
      return "{\"id\":\"%s\",\"when\":\"%s\",\"outcome\":\"%s\"}".formatted(id, when, outcome);
    }
  }

  private static RuleLine rule(String id, String when, String outcome) {
    return new RuleLine(id, when, outcome);
  }

  private static Decision decide(String proposal, RuleLine... rules) {
    List<String> flags =
        IntStream.range(0, 13)
            .mapToObj(i -> "\"f%d\":{\"type\":\"boolean\"}".formatted(i))
            .toList();
    String document =
        """
        {"name":"a.b","scope":"Anything.","decision_window_ms":0,"max_clock_skew_ms":0,
         "facts":{"type":"object","additionalProperties":false,"properties":{
           "proposal":{"type":"object","additionalProperties":false,"properties":{
             "amount":{"type":"integer"},"limit":{"type":"integer"},"vip":{"type":"boolean"},
             "region":{"type":"string"},"x":{"type":"number"},"y":{"type":"number"},%s}}}},
         "rules":[%s]}
        """
            .formatted(
                String.join(",", flags),
                String.join(",", List.of(rules).stream().map(RuleLine::json).toList()));
    return Decisions.decide(
        TestRulesets.compile(document), Decisions.body("\"proposal\":{" + proposal + "}"));
  }

  private static List<String> missing(Decision decision) {
    return decision.reason().map(Reason::missing).orElse(List.of());
  }
}
