package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.RulesetProblem.Code;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the member {@code renderings} of a ruleset document. */
final class RenderingsReader {

  private static final Set<String> MEMBERS = Set.of("media_type", "template");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z]+/[a-z0-9][a-z0-9.+-]{0,63}(; ?charset=utf-8)?");
  private static final Pattern TEXT = Pattern.compile("(?s).+");

  private final DocumentCheck check;
  private final RulesetLimits limits;

  RenderingsReader(DocumentCheck check, RulesetLimits limits) {
    this.check = check;
    this.limits = limits;
  }

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
    }
    for (Map.Entry<String, JsonNode> rendering : node.properties()) {
      String pointer = DocumentCheck.below("/renderings", rendering.getKey());
      if (!NAME.matcher(rendering.getKey()).matches()) {
        check.report(Code.INVALID_MEMBER, pointer, "the name has another form");
      }
      if (check.object(rendering.getValue(), pointer, MEMBERS, Set.of())) {
        check.text(rendering.getValue(), pointer, "media_type", MEDIA_TYPE);
        check.text(rendering.getValue(), pointer, "template", TEXT);
      }
    }
  }
}
