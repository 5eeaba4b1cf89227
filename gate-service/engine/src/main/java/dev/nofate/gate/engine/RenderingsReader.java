package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.RulesetProblem.Code;
import dev.nofate.gate.engine.fact.FactTypes;
import dev.nofate.gate.engine.rendering.MediaType;
import dev.nofate.gate.engine.rendering.Template;
import dev.nofate.gate.engine.rendering.TemplateProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the member {@code renderings} of a ruleset document. */
final class RenderingsReader {

  private static final Set<String> MEMBERS = Set.of("media_type", "template");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
  private static final String OFFERED =
      Arrays.stream(MediaType.values()).map(MediaType::text).collect(Collectors.joining(", "));
  private static final Pattern TEXT = Pattern.compile("(?s).+");

  private final DocumentCheck check;
  private final RulesetLimits limits;
  private final Map<String, Stated> stated = new LinkedHashMap<>();

  RenderingsReader(DocumentCheck check, RulesetLimits limits) {
    this.check = check;
    this.limits = limits;
  }

  /** A rendering whose shape was found good. */
  private record Stated(String mediaType, String template) {}

  /** Reads what can be read. */
  void read(JsonNode node) {
    if (!node.isObject()) {
      check.report(Code.INVALID_MEMBER, "/renderings", "the value is no object");
      return;
    }
    if (node.size() > limits.renderings()) {
      check.report(
          Code.LIMIT_EXCEEDED,
          "/renderings",
          node.size() + " renderings, limit " + limits.renderings());
      return;
    }
    node.properties().forEach(rendering -> rendering(rendering.getKey(), rendering.getValue()));
  }

  private void rendering(String name, JsonNode node) {
    String pointer = DocumentCheck.below("/renderings", name);
    if (!NAME.matcher(name).matches()) {
      check.report(Code.INVALID_MEMBER, pointer, "the name has another form");
    }
    if (!check.object(node, pointer, MEMBERS, Set.of()) && !node.isObject()) {
      return;
    }
    Optional<String> mediaType = check.text(node, pointer, "media_type", TEXT);
    Optional<String> offered = mediaType.filter(type -> MediaType.parse(type).isPresent());
    if (mediaType.isPresent() && offered.isEmpty()) {
      check.report(
          Code.INVALID_MEMBER, pointer + "/media_type", "the media type is none of " + OFFERED);
    }
    Optional<String> template = check.text(node, pointer, "template", TEXT);
    if (offered.isPresent() && template.isPresent()) {
      stated.put(name, new Stated(offered.orElseThrow(), template.orElseThrow()));
    }
  }

  /** Compiles the renderings read, each with its own problems. */
  Renderings compile(FactTypes types) {
    Map<String, Template> templates = new LinkedHashMap<>();
    stated.forEach(
        (name, rendering) -> {
          List<TemplateProblem> problems = new ArrayList<>();
          Template.compile(
                  rendering.mediaType(), rendering.template(), types, limits.templates(), problems)
              .ifPresent(template -> templates.put(name, template));
          String pointer = DocumentCheck.below("/renderings", name) + "/template";
          problems.forEach(
              problem ->
                  check.reportAt(
                      code(problem.kind()), pointer, problem.column(), problem.observed()));
        });
    return new Renderings(templates);
  }

  private static Code code(TemplateProblem.Kind kind) {
    return switch (kind) {
      case SYNTAX -> Code.TEMPLATE_SYNTAX;
      case MARKUP -> Code.TEMPLATE_MARKUP;
      case TYPE -> Code.TEMPLATE_TYPE;
      case UNDECLARED_FACT -> Code.UNDECLARED_FACT;
      case LIMIT -> Code.LIMIT_EXCEEDED;
    };
  }
}
