package dev.nofate.gate.engine.rendering;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.nofate.gate.engine.fact.FactTypes;
import dev.nofate.gate.engine.rendering.TemplateProblem.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Holds a template against the part of Mustache that is offered and the declared facts. */
final class TemplateCheck {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}(\\.[A-Za-z_][A-Za-z0-9_-]{0,63}){0,31}");

  private final String text;
  private final MediaType mediaType;
  private final FactTypes types;
  private final TemplateLimits limits;
  private final List<TemplateProblem> problems;
  private final Deque<Section> open = new ArrayDeque<>();

  TemplateCheck(
      String text,
      MediaType mediaType,
      FactTypes types,
      TemplateLimits limits,
      List<TemplateProblem> problems) {
    this.text = text;
    this.mediaType = mediaType;
    this.types = types;
    this.limits = limits;
    this.problems = problems;
  }

  /**
   * A section that is not yet closed.
   *
   * @param within the type that names without a fact's name are looked up in; empty for none
   */
  private record Section(TemplateTag tag, Optional<CelType> within) {}

  void run() {
    if (text.length() > limits.length()) {
      report(
          Kind.LIMIT, OptionalInt.empty(), text.length() + " characters, limit " + limits.length());
      return;
    }
    characters();
    List<TemplateTag> tags = TemplateTag.scan(text, problems);
    if (tags.size() > limits.tags()) {
      report(Kind.LIMIT, OptionalInt.empty(), tags.size() + " tags, limit " + limits.tags());
      return;
    }
    tags.forEach(this::tag);
    open.forEach(section -> report(Kind.SYNTAX, section.tag(), "the section is not closed"));
    if (mediaType.escaped()) {
      problems.addAll(HtmlPlaces.problems(text, tags));
    }
  }

  /** Mustache drops a carriage return here and there; it is refused rather than lost. */
  private void characters() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        report(Kind.SYNTAX, OptionalInt.of(i + 1), "a control character stands in the template");
      }
    }
  }

  private void tag(TemplateTag tag) {
    switch (tag.kind()) {
      case TemplateTag.VALUE -> value(tag);
      case '#', '^' -> open(tag);
      case '/' -> close(tag);
      case '!' -> {}
      case '{', '&' -> report(Kind.SYNTAX, tag, "the tag leaves a value unescaped");
      case '>' -> report(Kind.SYNTAX, tag, "the tag names another template");
      case '=' -> report(Kind.SYNTAX, tag, "the tag changes the delimiters");
      default -> report(Kind.SYNTAX, tag, "the tag is not offered");
    }
  }

  private void value(TemplateTag tag) {
    type(tag)
        .filter(type -> !isText(type))
        .ifPresent(type -> report(Kind.TYPE, tag, tag.name() + " has no text of its own"));
  }

  private void open(TemplateTag tag) {
    Optional<CelType> type = type(tag);
    boolean inverted = tag.kind() == '^';
    type.filter(found -> !(inverted ? opensInverted(found) : opens(found)))
        .ifPresent(found -> report(Kind.TYPE, tag, tag.name() + " opens no section of this kind"));
    if (open.size() == limits.depth()) {
      report(Kind.LIMIT, tag, "sections nest deeper than " + limits.depth());
    }
    open.push(new Section(tag, inverted ? within() : type.map(this::inside).orElse(within())));
  }

  private Optional<CelType> inside(CelType type) {
    if (type instanceof ListType list) {
      return Optional.of(list.elemType());
    }
    return type.equals(SimpleType.BOOL) ? within() : Optional.of(type);
  }

  private void close(TemplateTag tag) {
    if (open.isEmpty() || !open.peek().tag().name().equals(tag.name())) {
      report(Kind.SYNTAX, tag, "the tag closes no section that is open");
    } else {
      open.pop();
    }
  }

  private Optional<CelType> within() {
    return open.isEmpty() ? Optional.empty() : open.peek().within();
  }

  /** The declared type of what a tag names; empty, with a problem, when there is none. */
  private Optional<CelType> type(TemplateTag tag) {
    if (tag.name().equals(".")) {
      Optional<CelType> element = within();
      if (element.isEmpty()) {
        report(Kind.SYNTAX, tag, "there is no element here");
      }
      return element;
    }
    if (!NAME.matcher(tag.name()).matches()) {
      report(Kind.SYNTAX, tag, "the tag holds no name");
      return Optional.empty();
    }
    String[] path = tag.name().split("\\.");
    boolean fact = ValuePath.FACTS.contains(path[0]);
    if (!fact && within().isEmpty()) {
      report(Kind.UNDECLARED_FACT, tag, path[0] + " is neither ir nor context");
      return Optional.empty();
    }
    if (fact && isNeverStated(path[0])) {
      report(Kind.UNDECLARED_FACT, tag, path[0] + " is not declared");
      return Optional.empty();
    }
    CelType type = fact ? root(path[0]) : within().orElseThrow();
    for (int i = fact ? 1 : 0; i < path.length; i++) {
      Optional<CelType> member = FactTypes.below(type, path[i]);
      if (member.isEmpty()) {
        report(Kind.UNDECLARED_FACT, tag, path[i] + " of " + tag.name() + " is not declared");
        return Optional.empty();
      }
      type = member.orElseThrow();
    }
    return Optional.of(type);
  }

  /**
   * Closed facts that declare no context let none be stated. Those that declare no {@code ir} are
   * of a ruleset that is not evaluated backward; its templates are for show and left alone.
   */
  private boolean isNeverStated(String fact) {
    return fact.equals("context") && !types.variables().containsKey(fact);
  }

  private CelType root(String fact) {
    return types.variables().getOrDefault(fact, SimpleType.DYN);
  }

  private static boolean isText(CelType type) {
    return !(type instanceof ListType || type instanceof MapType || type instanceof StructType)
        && !type.equals(SimpleType.NULL_TYPE);
  }

  private static boolean opens(CelType type) {
    return opensInverted(type) || type instanceof MapType || type instanceof StructType;
  }

  private static boolean opensInverted(CelType type) {
    return type instanceof ListType || type.equals(SimpleType.BOOL) || type.equals(SimpleType.DYN);
  }

  private void report(Kind kind, TemplateTag tag, String observed) {
    report(kind, tag.column(), observed);
  }

  private void report(Kind kind, OptionalInt column, String observed) {
    problems.add(new TemplateProblem(kind, column, observed));
  }
}
