package dev.nofate.gate.engine.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.fact.FactSchema;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.JsonLimits;
import dev.nofate.gate.engine.json.JsonReading;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What absent facts mean, over random conditions of the whole deterministic subset. */
class PartialEvaluationTest {

  private static final FactSchema SCHEMA = schema();
  private static final ExpressionLimits LIMITS =
      new ExpressionLimits(4_096, 1_000, 32, 1_000_000, 10_000);

  /** Conditions about presence, or about an object as a whole, change with what is stated. */
  private static final Pattern NOT_MONOTONE = Pattern.compile("has\\(|context|proposal(?!\\.)");

  private static final int FACTS = 5;

  @Property(tries = 800, maxDiscardRatio = 20)
  void whatIsDecidedStaysDecidedWhateverTheAbsentFactsAre(@ForAll long seed) {
    Random random = new Random(seed);
    String condition = new RandomConditions(random).bool(1 + random.nextInt(3));
    Assume.that(!NOT_MONOTONE.matcher(condition).find());
    RuleBook book = compiled(condition);
    for (int i = 0; i < FACTS; i++) {
      ObjectNode facts = new RandomFacts(random, 0.5).make();
      Verdict partial = book.read(facts).verdict(0);
      if (partial == Verdict.FIRED || partial == Verdict.NOT_FIRED) {
        complete(facts, new RandomFacts(random, 1).make());
        assertThat(book.read(facts).verdict(0)).as("%s of %s", condition, facts).isEqualTo(partial);
      }
    }
  }

  @Property(tries = 800, maxDiscardRatio = 20)
  void aConditionHangsOnSomethingExactlyWhenItIsUnknown(@ForAll long seed) {
    Random random = new Random(seed);
    RuleBook book = compiled(new RandomConditions(random).bool(1 + random.nextInt(3)));
    for (int i = 0; i < FACTS; i++) {
      RuleBook.Reading reading = book.read(new RandomFacts(random, 0.5).make());
      Verdict verdict = reading.verdict(0);
      Set<String> missing = reading.missingFacts(0);
      assertThat(missing.isEmpty()).isEqualTo(verdict != Verdict.UNKNOWN);
      assertThat(Collections.disjoint(missing, reading.statedFacts(0))).isTrue();
    }
  }

  @Property(tries = 800, maxDiscardRatio = 20)
  void aSecondCompilationOverTheCanonicalFormAgrees(@ForAll long seed) {
    Random random = new Random(seed);
    String condition = new RandomConditions(random).bool(1 + random.nextInt(3));
    RuleBook first = compiled(condition);
    RuleBook second = compiled(condition);
    for (int i = 0; i < FACTS; i++) {
      ObjectNode facts = new RandomFacts(random, 0.7).make();
      RuleBook.Reading once = first.read(facts);
      RuleBook.Reading again = second.read(canonical(facts));
      assertThat(again.verdict(0)).isEqualTo(once.verdict(0));
      assertThat(again.statedFacts(0)).isEqualTo(once.statedFacts(0));
      assertThat(again.missingFacts(0)).isEqualTo(once.missingFacts(0));
    }
  }

  private static RuleBook compiled(String condition) {
    RuleBook.Result result = RuleBook.compile(List.of(condition), SCHEMA.types(), LIMITS);
    Assume.that(result instanceof RuleBook.Result.Compiled);
    return ((RuleBook.Result.Compiled) result).book();
  }

  /** Adds the members of the proposal that are absent; those stated stay as they are. */
  private static void complete(ObjectNode facts, ObjectNode more) {
    ObjectNode proposal = facts.withObject("/proposal");
    for (Map.Entry<String, JsonNode> member : more.get("proposal").properties()) {
      if (!proposal.has(member.getKey())) {
        proposal.set(member.getKey(), member.getValue());
      }
    }
  }

  private static JsonNode canonical(JsonNode facts) {
    JsonReading reading =
        CanonicalJson.read(CanonicalJson.write(facts).toByteArray(), JsonLimits.defaults());
    return Optional.of(reading)
        .map(JsonReading.Value.class::cast)
        .map(JsonReading.Value::value)
        .orElseThrow();
  }

  private static FactSchema schema() {
    try {
      return FactSchema.of(
          new ObjectMapper().readTree(RandomFacts.SCHEMA), List.of("proposal", "context"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
