package dev.nofate.gate.engine.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.fact.FactSchema;
import dev.nofate.gate.engine.fact.FactTypes;
import dev.nofate.gate.engine.rendering.TemplateProblem.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateTest {

  private static final TemplateLimits LIMITS = new TemplateLimits(300, 20, 3, 100, 50);
  private static final FactTypes TYPES =
      FactSchema.of(
              json(
                  """
                  {"type":"object","additionalProperties":false,"properties":{"ir":{
                    "type":"object","additionalProperties":false,"properties":{
                      "n":{"type":"number"},"s":{"type":"string"},"b":{"type":"boolean"},
                      "nil":{"type":"null"},"any":{},"map":{"type":"object"},
                      "o":{"type":"object","additionalProperties":false,
                        "properties":{"s":{"type":"string"},"n":{"type":"number"}}},
                      "texts":{"type":"array","items":{"type":"string"}},
                      "rows":{"type":"array","items":{"type":"object","additionalProperties":false,
                        "properties":{"s":{"type":"string"},"cells":{"type":"array",
                          "items":{"type":"integer"}}}}}}}}}\
                  """),
              List.of("proposal", "context", "ir"))
          .types();

  @Test
  void numbersStandInTheirCanonicalForm() {
    for (String[] pair :
        new String[][] {{"1.50", "1.5"}, {"1e2", "100"}, {"-0", "0"}, {"1e30", "1e+30"}}) {
      assertThat(render("{{ir.n}}", "{\"ir\":{\"n\":" + pair[0] + "}}").content())
          .isEqualTo(pair[1]);
    }
  }

  @Test
  void sectionsFollowBooleansArraysAndObjects() {
    String facts =
        "{\"ir\":{\"b\":true,\"o\":{\"s\":\"x\"},\"texts\":[\"p\",\"q\"],"
            + "\"rows\":[{\"s\":\"r\",\"cells\":[1,2]},{\"s\":\"t\",\"cells\":[]}]}}";
    assertThat(render("{{#ir.b}}yes{{/ir.b}}{{^ir.b}}no{{/ir.b}}", facts).content())
        .isEqualTo("yes");
    assertThat(render("{{#ir.o}}{{s}}{{/ir.o}}", facts).content()).isEqualTo("x");
    assertThat(render("{{#ir.texts}}{{.}};{{/ir.texts}}", facts).content()).isEqualTo("p;q;");
    assertThat(
            render(
                    "{{#ir.rows}}{{s}}{{#cells}}[{{.}}/{{ir.o.s}}]{{/cells}}{{^cells}}-{{/cells}}"
                        + "{{/ir.rows}}",
                    facts)
                .content())
        .isEqualTo("r[1/x][2/x]t-");
    assertThat(render("{{#ir.rows}}{{#ir.b}}{{s}}{{/ir.b}}{{/ir.rows}}", facts).content())
        .isEqualTo("rt");
  }

  @Test
  void namesWhatIsMissingOnceAndByItsPlace() {
    Rendered rendered =
        render(
            "{{ir.s}}{{ir.o.s}}{{#ir.rows}}{{s}}{{/ir.rows}}{{#ir.b}}{{ir.n}}{{/ir.b}}"
                + "{{^ir.texts}}x{{/ir.texts}}",
            "{\"ir\":{\"o\":{\"n\":1},\"rows\":[{},{\"s\":\"a\"},{}]}}");
    assertThat(rendered.complete()).isFalse();
    assertThat(rendered.content()).isEmpty();
    assertThat(rendered.missing())
        .containsExactly("ir.b", "ir.o.s", "ir.rows[].s", "ir.s", "ir.texts");
  }

  @Test
  void aValueThatIsNotReachedIsNotMissing() {
    assertThat(render("{{#ir.b}}{{ir.s}}{{/ir.b}}", "{\"ir\":{\"b\":false}}").complete()).isTrue();
    assertThat(render("{{#ir.rows}}{{s}}{{/ir.rows}}", "{\"ir\":{\"rows\":[]}}").complete())
        .isTrue();
  }

  @Test
  void aNameIsNeverLookedUpFurtherOut() {
    Rendered rendered =
        render(
            "{{#ir.o}}{{#ir.rows}}{{s}}{{/ir.rows}}{{/ir.o}}",
            "{\"ir\":{\"o\":{\"s\":\"x\"},\"rows\":[{}]}}");
    assertThat(rendered.missing()).containsExactly("ir.rows[].s");
  }

  @Test
  void aFormATagHasNoTextForCountsAsMissing() {
    assertThat(render("{{ir.any}}", "{\"ir\":{\"any\":{\"a\":1}}}").missing())
        .containsExactly("ir.any");
    assertThat(render("{{ir.any}}", "{\"ir\":{\"any\":[]}}").missing()).containsExactly("ir.any");
    assertThat(render("{{#ir.any}}x{{/ir.any}}", "{\"ir\":{\"any\":\"x\"}}").missing())
        .containsExactly("ir.any");
    assertThat(render("{{^ir.any}}x{{/ir.any}}", "{\"ir\":{\"any\":{}}}").missing())
        .containsExactly("ir.any");
    assertThat(render("{{ir.s}}", "{\"ir\":{\"s\":\"a\\u0000\"}}").missing())
        .containsExactly("ir.s");
    assertThat(render("{{ir.any}}", "{\"ir\":{\"any\":false}}").content()).isEqualTo("false");
  }

  @Test
  void aSectionOnALineOfItsOwnLeavesNoLine() {
    assertThat(render("a\n{{#ir.b}}\nb\n{{/ir.b}}\nc\n", "{\"ir\":{\"b\":true}}").content())
        .isEqualTo("a\nb\nc\n");
  }

  @Test
  void refusesWhatIsNotOfferedAndTellsWhere() {
    for (String template :
        List.of(
            "ab{{{ir.s}}}",
            "ab{{&ir.s}}",
            "ab{{>partial}}",
            "ab{{> *ir.s}}",
            "ab{{=<% %>=}}",
            "ab{{<parent}}{{/parent}}",
            "ab{{$name}}{{/name}}",
            "ab{{?ir.s}}{{/ir.s}}",
            "ab{{%IMPLICIT-ITERATOR}}",
            "ab{{#ir.b}}",
            "ab{{/ir.b}}",
            "ab{{ir.s",
            "ab{{}}",
            "ab{{ir..s}}",
            "ab{{ir.class()}}",
            "ab{{.}}",
            "ab{{ # ir.b}}",
            "ab{{! never closed")) {
      List<TemplateProblem> problems = problems("text/plain", template);
      assertThat(problems).as(template).isNotEmpty();
      assertThat(problems.get(0).kind()).as(template).isEqualTo(Kind.SYNTAX);
      assertThat(problems.get(0).column()).as(template).hasValue(3);
    }
  }

  @Test
  void refusesACarriageReturnRatherThanLosingIt() {
    assertThat(problems("text/plain", "a\r\nb").get(0).column()).hasValue(2);
  }

  @Test
  void refusesUndeclaredFactsAndTagsOfAnotherType() {
    for (String template :
        List.of(
            "{{ir.x}}",
            "{{context.x}}",
            "{{#context}}{{/context}}",
            "{{proposal.s}}",
            "{{s}}",
            "{{ir.s.t}}",
            "{{#ir.rows}}{{x}}{{/ir.rows}}")) {
      assertThat(problems("text/plain", template).stream().map(TemplateProblem::kind))
          .as(template)
          .containsExactly(Kind.UNDECLARED_FACT);
    }
    for (String template :
        List.of(
            "{{ir}}",
            "{{ir.texts}}",
            "{{ir.map}}",
            "{{ir.nil}}",
            "{{#ir.s}}{{/ir.s}}",
            "{{#ir.n}}{{/ir.n}}",
            "{{^ir.o}}{{/ir.o}}")) {
      assertThat(problems("text/plain", template).stream().map(TemplateProblem::kind))
          .as(template)
          .containsExactly(Kind.TYPE);
    }
  }

  @Test
  void namesEveryProblemOfATemplate() {
    assertThat(problems("text/html", "<p a={{ir.x}}>{{{ir.s}}}{{#ir.b}}"))
        .extracting(TemplateProblem::kind)
        .containsExactlyInAnyOrder(Kind.UNDECLARED_FACT, Kind.SYNTAX, Kind.SYNTAX, Kind.MARKUP);
  }

  @Test
  void anHtmlValueStandsInTextOnly() {
    for (String template :
        List.of(
            "<p title={{ir.s}}>x</p>",
            "<p title=\"{{ir.s}}\">x</p>",
            "<p title='{{ir.s}}'>x</p>",
            "<{{ir.s}}>",
            "</{{ir.s}}>",
            "<p {{#ir.b}}x{{/ir.b}}>",
            "<style>a { color: {{ir.s}} }</style>",
            "<script>{{ir.s}}</script>",
            "<script>1</script>",
            "<!-- {{ir.s}} -->",
            "<!--> {{ir.s}}",
            "<![CDATA[{{ir.s}}]]>",
            "<?x {{ir.s}}?>",
            "<a b=c\"d>{{ir.s}}",
            "<svg><title>{{ir.s}}</title></svg>",
            "<title/>{{ir.s}}",
            "<title><a b=\"{{ir.s}}\"></title>",
            "1 < {{ir.n}}")) {
      assertThat(problems("text/html", template).stream().map(TemplateProblem::kind))
          .as(template)
          .isNotEmpty()
          .containsOnly(Kind.MARKUP);
      assertThat(problems("text/plain", template)).as(template).isEmpty();
    }
    for (String template :
        List.of(
            "<!doctype html><html lang=\"en\"><head><title>{{ir.s}}</title>"
                + "<style>p { margin: 0 }</style></head><body class=x>{{ir.s}}<br/></body></html>",
            "<p title=\"a > b\">{{ir.s}}</p>",
            "<p {{! a remark }}title='x'>{{ir.s}}</p>",
            "<textarea>{{ir.s}}</textarea>{{#ir.b}}<i>{{ir.s}}</i>{{/ir.b}}")) {
      assertThat(problems("text/html", template)).as(template).isEmpty();
      assertThat(problems("application/xhtml+xml", template)).as(template).isEmpty();
    }
  }

  @Test
  void valuesAreEscapedWhereMarkupIsParsed() {
    String facts = "{\"ir\":{\"s\":\"<b a=\\\"1\\\">'&`\\n\"}}";
    assertThat(render("{{ir.s}}", facts).content()).isEqualTo("<b a=\"1\">'&`\n");
    assertThat(template("text/html; charset=utf-8", "{{ir.s}}").render(json(facts)).content())
        .isEqualTo("&lt;b a&#61;&quot;1&quot;&gt;&#39;&amp;&#96;&#10;");
  }

  @Test
  void keepsItsLimitsAndNoneBelowThem() {
    assertThat(problems("text/plain", "x".repeat(300))).isEmpty();
    assertThat(problems("text/plain", "x".repeat(301)).get(0).kind()).isEqualTo(Kind.LIMIT);
    assertThat(problems("text/plain", "{{ir.n}}".repeat(20))).isEmpty();
    assertThat(problems("text/plain", "{{ir.n}}".repeat(21)).get(0).kind()).isEqualTo(Kind.LIMIT);
    assertThat(problems("text/plain", nested(3))).isEmpty();
    assertThat(problems("text/plain", nested(4)).get(0).kind()).isEqualTo(Kind.LIMIT);
  }

  @Test
  void aRenderingBeyondALimitIsIncomplete() {
    assertThat(render("{{ir.s}}", "{\"ir\":{\"s\":\"" + "x".repeat(100) + "\"}}").complete())
        .isTrue();
    Rendered longer = render("{{ir.s}}", "{\"ir\":{\"s\":\"" + "x".repeat(101) + "\"}}");
    assertThat(longer.complete()).isFalse();
    assertThat(longer.overLimit()).isTrue();
    assertThat(longer.missing()).isEmpty();
    assertThat(longer.content()).isEmpty();
    assertThat(rows(50).complete()).isTrue();
    assertThat(rows(51).overLimit()).isTrue();
  }

  private static Rendered rows(int count) {
    String elements = String.join(",", Collections.nCopies(count, "\"\""));
    return render("{{#ir.texts}}{{.}}{{/ir.texts}}", "{\"ir\":{\"texts\":[" + elements + "]}}");
  }

  private static String nested(int depth) {
    return "{{#ir.b}}".repeat(depth) + "{{/ir.b}}".repeat(depth);
  }

  private static Rendered render(String template, String facts) {
    return template("text/plain", template).render(json(facts));
  }

  private static Template template(String mediaType, String text) {
    List<TemplateProblem> problems = new ArrayList<>();
    return Template.compile(mediaType, text, TYPES, LIMITS, problems)
        .orElseThrow(() -> new IllegalArgumentException(problems.toString()));
  }

  private static List<TemplateProblem> problems(String mediaType, String text) {
    List<TemplateProblem> problems = new ArrayList<>();
    Template.compile(mediaType, text, TYPES, LIMITS, problems);
    return problems;
  }

  private static JsonNode json(String text) {
    return ((dev.nofate.gate.engine.json.JsonReading.Value)
            dev.nofate.gate.engine.json.CanonicalJson.read(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                dev.nofate.gate.engine.json.JsonLimits.defaults()))
        .value();
  }
}
