package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.json.Octets;
import dev.nofate.gate.engine.rendering.Rendered;
import dev.nofate.gate.engine.rendering.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The renderings of a ruleset, compiled once; safe for use by many threads. */
final class Renderings {

  private final Map<String, Template> templates;

  Renderings(Map<String, Template> templates) {
    this.templates = Map.copyOf(templates);
  }

  /**
   * What the targets came to.
   *
   * @param traces a trace for each target, in the order asked
   * @param renderings those that are complete
   * @param failure why their number is not the one asked for
   */
  record Finding(
      List<RenderingTrace> traces, List<Rendering> renderings, Optional<Reason> failure) {

    static final Finding NONE = new Finding(List.of(), List.of(), Optional.empty());
  }

  /** The first target that the ruleset has no rendering for. */
  Optional<Reason> unknown(List<String> targets) {
    for (int i = 0; i < targets.size(); i++) {
      if (!templates.containsKey(targets.get(i))) {
        return Optional.of(Reason.at(ReasonCode.UNKNOWN_FIELD, "/render_targets/" + i));
      }
    }
    return Optional.empty();
  }

  Finding judge(List<String> targets, CardinalityMode mode, JsonNode facts) {
    List<RenderingTrace> traces = new ArrayList<>();
    List<Rendering> complete = new ArrayList<>();
    for (String target : targets) {
      Template template = templates.get(target);
      Rendered rendered = template.render(facts);
      traces.add(
          new RenderingTrace(
              target, rendered.complete(), List.copyOf(rendered.missing()), rendered.overLimit()));
      if (rendered.complete()) {
        complete.add(
            new Rendering(
                target,
                template.mediaType(),
                rendered.content(),
                Octets.ofUtf8(rendered.content()).sha256()));
      }
    }
    return new Finding(traces, complete, failure(mode, traces, complete.size()));
  }

  private static Optional<Reason> failure(
      CardinalityMode mode, List<RenderingTrace> traces, int complete) {
    int wanted = mode == CardinalityMode.ONE ? 1 : traces.size();
    if (complete == wanted) {
      return Optional.empty();
    }
    if (complete > wanted) {
      return Optional.of(Reason.of(ReasonCode.MULTIPLE_RENDERINGS));
    }
    TreeSet<String> missing = new TreeSet<>();
    traces.forEach(trace -> missing.addAll(trace.missing()));
    return Optional.of(Reason.missing(ReasonCode.RENDERING_INCOMPLETE, List.copyOf(missing)));
  }
}
