package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class BackwardDeterminismTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final CompiledRuleset NOTICE = TestRulesets.compile(TestRulesets.NOTICE);

  @Property(tries = 2_500)
  void theOrderOfMembersChangesNoByte(@ForAll long seed) {
    Random random = new Random(seed);
    ObjectNode request = request(random);
    String first = answer(NOTICE, RefundFacts.shuffled(request, random));
    assertThat(answer(NOTICE, RefundFacts.shuffled(request, random))).isEqualTo(first);
  }

  @Property(tries = 2_500)
  void aCompleteAnswerRendersEveryTargetAndAnyOtherNone(@ForAll long seed) {
    Random random = new Random(seed);
    ObjectNode request = request(random);
    Decision decision = Decisions.decideBackward(NOTICE, request.toString());
    long complete = decision.renderingTraces().stream().filter(RenderingTrace::complete).count();
    boolean one = request.get("cardinality_mode").textValue().equals("one");
    if (decision.state() == State.DETERMINISTIC_COMPLIANCE) {
      assertThat(decision.renderings()).hasSize((int) complete);
      assertThat(complete).isEqualTo(one ? 1 : request.get("render_targets").size());
    } else {
      assertThat(decision.renderings()).isEmpty();
    }
  }

  @Property(tries = 2_500)
  void nothingOfTheOutcomeBreaksOutOfItsPlaceInHtml(@ForAll long seed) throws Exception {
    String payee = markup(new Random(seed));
    ObjectNode request = JSON.objectNode();
    request.put("ruleset", "any").put("evaluated_at", "2026-11-23T10:00:00Z");
    request.put("cardinality_mode", "one").putArray("render_targets").add("page");
    request.putObject("core_ir").put("payee", payee).put("settled", true);

    Decision decision = Decisions.decideBackward(NOTICE, request.toString());

    Element page = parse(decision.renderings().get(0).content());
    assertThat(page.getTagName()).isEqualTo("p");
    assertThat(page.getElementsByTagName("*").getLength()).isZero();
    assertThat(page.getAttributes().getLength()).isZero();
    assertThat(page.getTextContent()).isEqualTo(payee);
  }

  @Property(tries = 1_000)
  void noAnswerThatIsNoComplianceRepeatsAValue(@ForAll long seed) {
    Random random = new Random(seed);
    ObjectNode request = request(random);
    request.withObject("/core_ir").put("payee", "8f3a5c-secret");
    Decision decision = Decisions.decideBackward(NOTICE, request.toString());
    assertThat(decision.toString()).doesNotContain("8f3a5c-secret");
    if (decision.state() != State.DETERMINISTIC_COMPLIANCE) {
      assertThat(Decisions.bytes(decision)).doesNotContain("8f3a5c-secret");
    }
  }

  @Example
  void theDefaultLocaleAndTimeZoneChangeNoByte() {
    List<String> bodies = bodies(40);
    List<String> expected = answers(NOTICE, bodies);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist", "hi-IN")) {
        for (String id : List.of("Pacific/Kiritimati", "America/St_Johns")) {
          Locale.setDefault(Locale.forLanguageTag(tag));
          TimeZone.setDefault(TimeZone.getTimeZone(id));
          CompiledRuleset compiledThere = TestRulesets.compile(TestRulesets.NOTICE);
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
    List<String> expected = answers(NOTICE, bodies);
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try {
      List<Future<List<String>>> runs = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        runs.add(pool.submit(() -> answers(NOTICE, bodies)));
      }
      for (Future<List<String>> run : runs) {
        assertThat(run.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** A request of which every part may be there or not. */
  private static ObjectNode request(Random random) {
    ObjectNode request = JSON.objectNode();
    request.put("ruleset", "any").put("evaluated_at", "2026-11-23T10:00:00Z");
    request.put("cardinality_mode", random.nextBoolean() ? "one" : "all");
    for (String target : List.of("notice", "page", "refund", "local")) {
      if (random.nextInt(3) > 0) {
        request.withArray("/render_targets").add(target);
      }
    }
    if (!request.has("render_targets")) {
      request.putArray("render_targets").add("page");
    }
    ObjectNode ir = request.putObject("core_ir").put("settled", random.nextInt(5) > 0);
    if (random.nextInt(4) > 0) {
      ir.put("payee", markup(random));
    }
    if (random.nextInt(4) > 0) {
      ir.put("amount", random.nextInt(2_000) / 4.0);
    }
    if (random.nextBoolean()) {
      ir.putArray("lines").addObject().put("text", markup(random));
    }
    if (random.nextBoolean()) {
      ir.putObject("refund").put("cause", markup(random));
    }
    if (random.nextBoolean()) {
      ir.put("extra", random.nextInt());
    }
    if (random.nextBoolean()) {
      request.putObject("context").put("language", markup(random));
    }
    return request;
  }

  private static String markup(Random random) {
    String[] pieces = {
      "<",
      ">",
      "&",
      "\"",
      "'",
      "`",
      "=",
      "/",
      "</p>",
      "<script>",
      "&lt;",
      "&#60;",
      "<!--",
      "]]>",
      "{{ir.amount}}",
      "{{{",
      "}}",
      "\n",
      "\t",
      " ",
      "a",
      "\u00e9",
      "\ud83d\ude00",
      "\u2028",
      "javascript:"
    };
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  private static Element parse(String xhtml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xhtml)))
        .getDocumentElement();
  }

  private static List<String> bodies(int count) {
    Random random = new Random(20261123);
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bodies.add(request(random).toString());
    }
    return bodies;
  }

  private static List<String> answers(CompiledRuleset ruleset, List<String> bodies) {
    return bodies.stream().map(body -> answer(ruleset, body)).toList();
  }

  private static String answer(CompiledRuleset ruleset, String body) {
    return Decisions.bytes(Decisions.decideBackward(ruleset, body));
  }
}
