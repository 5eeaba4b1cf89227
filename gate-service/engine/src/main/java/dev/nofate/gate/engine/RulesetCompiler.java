package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.RulesetProblem.Code;
import dev.nofate.gate.engine.authority.AuthorityPolicy;
import dev.nofate.gate.engine.fact.FactSchema;
import dev.nofate.gate.engine.fact.SchemaProblem;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.JsonReading;
import dev.nofate.gate.engine.rule.RuleBook;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns a ruleset document into something that decides, or names every reason it does not. */
public final class RulesetCompiler {

  /** The top-level facts: of a forward evaluation, of both, of a backward evaluation. */
  private static final List<String> FACTS = List.of("proposal", "context", "ir");

  private static final Set<String> REQUIRED =
      Set.of("name", "scope", "facts", "decision_window_ms", "max_clock_skew_ms", "rules");
  private static final Set<String> OPTIONAL = Set.of("authority", "renderings", "examples");
  private static final Pattern SENTENCE = Pattern.compile("(?s)\\S(.*\\S)?");

  private final EngineLimits limits;
  private final DocumentCheck check = new DocumentCheck();

  private RulesetCompiler(EngineLimits limits) {
    this.limits = limits;
  }

  /** Compiles a document; every sequence of octets has an answer. */
  public static Compilation compile(byte[] document, EngineLimits limits) {
    return new RulesetCompiler(limits).compile(document);
  }

  private Compilation compile(byte[] document) {
    JsonReading reading = CanonicalJson.read(document, limits.ruleset().document());
    if (reading instanceof JsonReading.Value json) {
      return compile(json.value())
          .<Compilation>map(Compilation.Compiled::new)
          .orElseGet(() -> new Compilation.Refused(check.problems()));
    }
    boolean tooLarge = ((JsonReading.Refusal) reading).cause() == JsonReading.Cause.OVER_LIMIT;
    check.report(
        tooLarge ? Code.LIMIT_EXCEEDED : Code.MALFORMED_DOCUMENT,
        "",
        tooLarge ? "the document is beyond a limit of its text" : "the document is no strict JSON");
    return new Compilation.Refused(check.problems());
  }

  private Optional<CompiledRuleset> compile(JsonNode document) {
    if (!document.isObject()) {
      check.report(Code.MALFORMED_DOCUMENT, "", "the document is no object");
      return Optional.empty();
    }
    check.withoutNul(document, "");
    check.object(document, "", REQUIRED, OPTIONAL);
    head(document);
    AuthorityPolicy authority =
        document.has("authority")
            ? new AuthorityReader(check, limits.ruleset()).read(document.get("authority"))
            : AuthorityPolicy.NONE;
    ExamplesReader examples = new ExamplesReader(check, limits.ruleset());
    if (document.has("examples")) {
      examples.read(document.get("examples"));
    }
    boolean otherwiseClean = check.clean();
    Optional<Parts> parts = parts(document);
    parts.ifPresent(
        found ->
            new ExamplesRun(
                    ruleset(otherwiseClean ? document : withSoundHead(document), authority, found),
                    limits)
                .run(examples.examples(), check));
    return check.clean()
        ? parts.map(found -> ruleset(document, authority, found))
        : Optional.empty();
  }

  /** The parts that decide: facts, rules and renderings. */
  private record Parts(
      FactSchema facts,
      List<Rule> rules,
      RuleBook book,
      Renderings renderings,
      Renderings secondRenderings) {}

  /**
   * Reads and compiles the parts that decide; empty when any of them is at fault. Without usable
   * facts nothing is known about types, yet all else that is wrong is found.
   */
  private Optional<Parts> parts(JsonNode document) {
    int before = check.problems().size();
    FactSchema facts = facts(document.get("facts")).orElseGet(RulesetCompiler::anything);
    RulesReader rules = new RulesReader(check, limits.ruleset());
    if (document.has("rules")) {
      rules.read(document.get("rules"));
    }
    Optional<RuleBook> book = rules.compile(facts.types());
    RenderingsReader renderings = new RenderingsReader(check, limits.ruleset());
    if (document.has("renderings")) {
      renderings.read(document.get("renderings"));
    }
    Renderings templates = renderings.compile(facts.types());
    boolean found = document.has("facts") && document.has("rules");
    return found && check.problems().size() == before
        ? Optional.of(
            new Parts(
                facts,
                rules.rules(),
                book.orElseThrow(),
                templates,
                renderings.compile(facts.types())))
        : Optional.empty();
  }

  private CompiledRuleset ruleset(JsonNode document, AuthorityPolicy authority, Parts parts) {
    return new CompiledRuleset(
        document,
        parts.facts(),
        authority,
        new Rules(parts.rules(), parts.book()),
        RulesReader.reversed(parts.rules(), parts.facts().types(), limits.ruleset()),
        parts.renderings(),
        parts.secondRenderings(),
        parts.book().cost());
  }

  /** A document whose examples can run although something beside the deciding parts is at fault. */
  private static JsonNode withSoundHead(JsonNode document) {
    return ((ObjectNode) document.deepCopy())
        .put("name", "examples")
        .put("scope", "Examples.")
        .put("decision_window_ms", 0L)
        .put("max_clock_skew_ms", 0L);
  }

  private static FactSchema anything() {
    return FactSchema.of(JsonNodeFactory.instance.objectNode(), FACTS);
  }

  private void head(JsonNode document) {
    check.text(document, "", "name", RulesetReference.NAME);
    check
        .text(document, "", "scope", SENTENCE)
        .filter(scope -> scope.length() > limits.ruleset().scopeLength())
        .ifPresent(
            scope ->
                check.report(
                    Code.LIMIT_EXCEEDED,
                    "/scope",
                    scope.length() + " characters, limit " + limits.ruleset().scopeLength()));
    check.wholeNumber(document, "decision_window_ms", limits.ruleset().maxWindowMs());
    check.wholeNumber(document, "max_clock_skew_ms", limits.ruleset().maxWindowMs());
  }

  private Optional<FactSchema> facts(JsonNode schema) {
    if (schema == null) {
      return Optional.empty();
    }
    if (!schema.isObject()) {
      check.report(Code.INVALID_SCHEMA, "/facts", "the value is no object");
      return Optional.empty();
    }
    List<SchemaProblem> problems = FactSchema.problems(schema);
    problems.forEach(
        problem ->
            check.report(Code.INVALID_SCHEMA, "/facts" + problem.pointer(), problem.observed()));
    return problems.isEmpty() ? Optional.of(FactSchema.of(schema, FACTS)) : Optional.empty();
  }
}
