package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MissingFactsTest {

  private static final CompiledRuleset REFUND = TestRulesets.compile(TestRulesets.REFUND);
  private static final CompiledRuleset CHOICE = TestRulesets.compile(TestRulesets.CHOICE);

  @Property(tries = 2_000, maxDiscardRatio = 50)
  void supplyingAllNamedFactsDecides(@ForAll long seed, @ForAll boolean choice) {
    Random random = new Random(seed);
    CompiledRuleset ruleset = choice ? CHOICE : REFUND;
    ObjectNode facts = facts(choice, random);
    List<String> missing = missing(ruleset, facts, random);
    Assume.that(!missing.isEmpty());

    missing.forEach(name -> RefundFacts.put(facts, name, random));

    assertThat(missing(ruleset, facts, random)).isEmpty();
  }

  @Property(tries = 1_500)
  void exactlyTheFactsThatCanStillChangeTheOutcomeAreNamed(@ForAll long seed) {
    CorrelatedRules rules = new CorrelatedRules(new Random(seed));
    CompiledRuleset ruleset = TestRulesets.compile(rules.document());
    ObjectNode facts = rules.facts();
    Map<ObjectNode, String> completions = CorrelatedRules.completions(ruleset, facts);

    List<String> missing = CorrelatedRules.missing(ruleset, facts);

    assertThat(missing)
        .as("%s under %s", facts, rules.document())
        .isEqualTo(CorrelatedRules.decisive(facts, completions));
    if (missing.isEmpty()) {
      assertThat(completions.values())
          .as("%s under %s", facts, rules.document())
          .containsOnly(CorrelatedRules.ending(ruleset, facts));
    }
  }

  @Property(tries = 200)
  void leavingOutAnyNamedFactCanLeaveItUndecided(@ForAll long seed) {
    Random random = new Random(seed);
    IndependentRules rules = new IndependentRules(random, false);
    CompiledRuleset ruleset = TestRulesets.compile(rules.document());
    for (int i = 0; i < 20; i++) {
      Map<String, Boolean> facts = rules.facts(random);
      List<String> missing = IndependentRules.missing(ruleset, facts);
      for (String left : missing) {
        assertThat(someCompletionStillAsksFor(left, missing, ruleset, facts))
            .as("%s of %s beside %s in %s", left, missing, facts, rules.document())
            .isTrue();
      }
    }
  }

  @Property(tries = 200)
  void noFactThatIsNotNamedChangesTheOutcome(@ForAll long seed) {
    Random random = new Random(seed);
    IndependentRules rules = new IndependentRules(random, true);
    CompiledRuleset ruleset = TestRulesets.compile(rules.document());
    for (int i = 0; i < 20; i++) {
      Map<String, Boolean> facts = rules.facts(random);
      IndependentRules.missing(ruleset, facts)
          .forEach(name -> facts.put(name, random.nextBoolean()));
      State decided = IndependentRules.decide(ruleset, facts).state();
      Map<String, Boolean> complete = new TreeMap<>(facts);
      rules.names().forEach(name -> complete.putIfAbsent(name, random.nextBoolean()));
      assertThat(IndependentRules.decide(ruleset, complete).state()).isEqualTo(decided);
    }
  }

  @Property(tries = 500, maxDiscardRatio = 50)
  void namesOnlyFactsThatAreAbsent(@ForAll long seed, @ForAll boolean choice) {
    Random random = new Random(seed);
    ObjectNode facts = facts(choice, random);
    for (String name : missing(choice ? CHOICE : REFUND, facts, random)) {
      assertThat(facts.at("/" + name.replace('.', '/')).isMissingNode()).as(name).isTrue();
    }
  }

  private static boolean someCompletionStillAsksFor(
      String left, List<String> missing, CompiledRuleset ruleset, Map<String, Boolean> facts) {
    List<String> others = missing.stream().filter(name -> !name.equals(left)).toList();
    for (int values = 0; values < 1 << others.size(); values++) {
      Map<String, Boolean> completed = new TreeMap<>(facts);
      for (int i = 0; i < others.size(); i++) {
        completed.put(others.get(i), (values >> i & 1) == 1);
      }
      if (IndependentRules.missing(ruleset, completed).contains(left)) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode facts(boolean choice, Random random) {
    return RefundFacts.random(
        choice ? RefundFacts.CHOICE : RefundFacts.REFUND, random, 0.2 + random.nextDouble() * 0.6);
  }

  private static List<String> missing(CompiledRuleset ruleset, ObjectNode facts, Random random) {
    return Decisions.decide(ruleset, RefundFacts.body(facts, random))
        .reason()
        .filter(reason -> reason.code() == ReasonCode.FACTS_INCOMPLETE)
        .map(Reason::missing)
        .orElse(List.of());
  }
}
