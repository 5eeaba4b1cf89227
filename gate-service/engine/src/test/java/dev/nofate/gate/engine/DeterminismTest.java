package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DeterminismTest {

  private static final CompiledRuleset REFUND = TestRulesets.compile(TestRulesets.REFUND);

  @Property(tries = 1_000)
  void theOrderOfMembersChangesNoByte(@ForAll long seed) {
    Random random = new Random(seed);
    ObjectNode facts = RefundFacts.random(RefundFacts.REFUND, random, 0.6);
    String first = Decisions.bytes(Decisions.decide(REFUND, RefundFacts.body(facts, random)));
    String second = Decisions.bytes(Decisions.decide(REFUND, RefundFacts.body(facts, random)));
    assertThat(second).isEqualTo(first);
  }

  @Property(tries = 30)
  void theOrderOfRulesChangesNothingButTheRulesetsDigest(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    CompiledRuleset other = TestRulesets.compile(withShuffledRules(TestRulesets.REFUND, random));
    for (int i = 0; i < 50; i++) {
      ObjectNode facts = RefundFacts.random(RefundFacts.REFUND, random, 0.6);
      String body = RefundFacts.body(facts, random);
      assertThat(apartFromRuleset(Decisions.decide(other, body)))
          .isEqualTo(apartFromRuleset(Decisions.decide(REFUND, body)));
    }
  }

  @Property(tries = 200)
  void theInputIsNeverChanged(@ForAll long seed) {
    Random random = new Random(seed);
    String body = RefundFacts.body(RefundFacts.random(RefundFacts.REFUND, random, 0.6), random);
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    Reading.Forward reading = (Reading.Forward) Intake.read(octets, Decisions.LIMITS);
    JsonNode proposal = reading.proposal().deepCopy();
    Optional<JsonNode> context = reading.context().map(JsonNode::deepCopy);
    String canonical = reading.commitmentBytes().utf8();

    new Engine(Decisions.LIMITS)
        .decide(reading, Optional.of(new VersionedRuleset(1, REFUND)), Decisions.ADMISSION);

    assertThat(octets).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    assertThat(reading.proposal()).isEqualTo(proposal);
    assertThat(reading.context()).isEqualTo(context);
    assertThat(reading.commitmentBytes().utf8()).isEqualTo(canonical);
  }

  @Example
  void theDefaultLocaleAndTimeZoneChangeNoByte() {
    List<String> bodies = bodies(40);
    List<String> expected = answers(REFUND, bodies);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      for (String tag :
          List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist", "de-DE", "hi-IN")) {
        for (String id : List.of("Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu")) {
          Locale.setDefault(Locale.forLanguageTag(tag));
          TimeZone.setDefault(TimeZone.getTimeZone(id));
          CompiledRuleset compiledThere = TestRulesets.compile(TestRulesets.REFUND);
          assertThat(answers(compiledThere, bodies)).as(tag + " " + id).isEqualTo(expected);
        }
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Example
  void theNumberOfThreadsChangesNoByte() throws InterruptedException, ExecutionException {
    List<String> bodies = bodies(60);
    List<String> expected = answers(REFUND, bodies);
    for (int threads : List.of(2, 8, 32)) {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        List<Future<List<String>>> runs = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          runs.add(pool.submit(() -> answers(REFUND, bodies)));
        }
        for (Future<List<String>> run : runs) {
          assertThat(run.get()).isEqualTo(expected);
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }

  private static List<String> bodies(int count) {
    Random random = new Random(20261123);
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bodies.add(RefundFacts.body(RefundFacts.random(RefundFacts.REFUND, random, 0.6), random));
    }
    return bodies;
  }

  private static List<String> answers(CompiledRuleset ruleset, List<String> bodies) {
    return bodies.stream().map(b -> Decisions.bytes(Decisions.decide(ruleset, b))).toList();
  }

  private static ObjectNode apartFromRuleset(Decision decision) {
    ObjectNode answer = decision.toJson();
    answer.remove(List.of("ruleset", "decision_digest"));
    return answer;
  }

  private static String withShuffledRules(String document, Random random) throws Exception {
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(document);
    List<JsonNode> rules = new ArrayList<>();
    json.get("rules").forEach(rules::add);
    Collections.shuffle(rules, random);
    ArrayNode shuffled = json.putArray("rules");
    rules.forEach(shuffled::add);
    return json.toString();
  }
}
