package dev.nofate.gate.engine.rendering;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import dev.nofate.gate.engine.fact.FactTypes;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A compiled template; safe for use by many threads. */
public final class Template {

  private final String mediaType;
  private final Mustache mustache;
  private final TemplateLimits limits;

  private Template(String mediaType, Mustache mustache, TemplateLimits limits) {
    this.mediaType = mediaType;
    this.mustache = mustache;
    this.limits = limits;
  }

  /**
   * Compiles a template; the problems are empty exactly when there is one.
   *
   * @param mediaType as stated
   * @param text the template
   * @param types the declared types of the facts
   */
  public static Optional<Template> compile(
      String mediaType,
      String text,
      FactTypes types,
      TemplateLimits limits,
      List<TemplateProblem> problems) {
    MediaType parsed = MediaType.parse(mediaType).orElseThrow();
    List<TemplateProblem> found = new ArrayList<>();
    new TemplateCheck(text, parsed, types, limits, found).run();
    if (found.isEmpty()) {
      try {
        Mustache mustache =
            new Templates(parsed.escaped()).compile(new StringReader(text), "template");
        return Optional.of(new Template(mediaType, mustache, limits));
      } catch (MustacheException e) {
        found.add(
            new TemplateProblem(
                TemplateProblem.Kind.SYNTAX, OptionalInt.empty(), "the template does not parse"));
      }
    }
    problems.addAll(found);
    return Optional.empty();
  }

  /** The media type as the ruleset states it. */
  public String mediaType() {
    return mediaType;
  }

  /**
   * Renders facts.
   *
   * @param facts an object with {@code ir} and {@code context}, as far as they are stated
   */
  public Rendered render(JsonNode facts) {
    Run run = new Run(facts, limits.iterations());
    RenderedText text = new RenderedText(run, limits.renderedLength());
    try {
      mustache.execute(text, run.facts());
    } catch (RuntimeException e) {
      if (!run.isOverLimit()) {
        throw e;
      }
    }
    return run.conclude(text.toString());
  }
}
