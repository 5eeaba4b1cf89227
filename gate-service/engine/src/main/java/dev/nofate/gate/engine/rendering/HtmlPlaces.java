package dev.nofate.gate.engine.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Where the tags of an HTML template stand. Escaping keeps a value inside text; inside a tag, an
 * attribute or a style sheet it does not, so a value stands in text only. Markup that two parsers
 * could read differently is refused rather than understood.
 */
final class HtmlPlaces {

  /** Elements whose content is not HTML, or is read by rules of its own. */
  private static final Set<String> NOT_OFFERED =
      Set.of(
          "script",
          "iframe",
          "noembed",
          "noframes",
          "noscript",
          "plaintext",
          "xmp",
          "svg",
          "math",
          "template");

  /** Elements that end at their own closing tag and nowhere else. */
  private static final Set<String> TEXT_ONLY = Set.of("style", "textarea", "title");

  private enum Place {
    TEXT,
    TAG,
    QUOTED,
    TEXT_ONLY
  }

  private final String template;
  private final List<TemplateProblem> problems = new ArrayList<>();
  private Place place = Place.TEXT;
  private String element = "";
  private boolean closing;
  private boolean valueBegins;
  private char quote;

  private HtmlPlaces(String template) {
    this.template = template;
  }

  /** What is wrong with the places of {@code tags}. */
  static List<TemplateProblem> problems(String template, List<TemplateTag> tags) {
    HtmlPlaces places = new HtmlPlaces(template);
    int from = 0;
    for (TemplateTag tag : tags) {
      places.read(from, tag.start());
      if (tag.kind() != '!' && !places.takesValues()) {
        places.report(tag.start(), "a value stands in markup, not in text");
      }
      from = tag.end();
    }
    places.read(from, template.length());
    return places.problems;
  }

  private boolean takesValues() {
    return place == Place.TEXT || (place == Place.TEXT_ONLY && !element.equals("style"));
  }

  private void read(int from, int to) {
    int at = from;
    while (at < to) {
      at =
          switch (place) {
            case TEXT -> text(at, to);
            case TAG -> tag(at);
            case QUOTED -> quoted(at);
            case TEXT_ONLY -> textOnly(at, to);
          };
    }
  }

  private int text(int at, int to) {
    return template.charAt(at) == '<' ? opened(at, to) : at + 1;
  }

  /** Behind a {@code <}: an element's name, a closing one's, or a document type. */
  private int opened(int at, int to) {
    int start = at + 1;
    closing = start < to && template.charAt(start) == '/';
    if (closing || (start < to && template.charAt(start) == '!')) {
      start++;
    }
    int end = start;
    while (end < to && isNameCharacter(template.charAt(end))) {
      end++;
    }
    element = template.substring(start, end).toLowerCase(Locale.ROOT);
    boolean doctype = template.charAt(start - 1) == '!';
    if (element.isEmpty() || doctype != element.equals("doctype")) {
      report(at, "a < opens no element");
    } else if (NOT_OFFERED.contains(element)) {
      report(at, "the element " + element + " is not offered");
    }
    place = Place.TAG;
    valueBegins = false;
    return end;
  }

  private int tag(int at) {
    char c = template.charAt(at);
    if (c == '>') {
      boolean textOnly = !closing && TEXT_ONLY.contains(element);
      if (textOnly && template.charAt(at - 1) == '/') {
        report(at, "the element " + element + " closes itself");
      }
      place = textOnly ? Place.TEXT_ONLY : Place.TEXT;
    } else if (c == '"' || c == '\'') {
      if (valueBegins) {
        place = Place.QUOTED;
        quote = c;
      } else {
        report(at, "a quote stands where no attribute's value begins");
      }
    } else if (c == '<') {
      report(at, "a < stands inside a tag");
    }
    if (c == '=' || !isSpace(c)) {
      valueBegins = c == '=';
    }
    return at + 1;
  }

  private int quoted(int at) {
    if (template.charAt(at) == quote) {
      place = Place.TAG;
    }
    return at + 1;
  }

  private int textOnly(int at, int to) {
    String end = "</" + element;
    if (at + end.length() <= to && template.regionMatches(true, at, end, 0, end.length())) {
      place = Place.TEXT;
      return at;
    }
    if (template.charAt(at) == '<') {
      report(at, "a < stands inside the element " + element);
    }
    return at + 1;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n';
  }

  private void report(int at, String observed) {
    problems.add(
        new TemplateProblem(TemplateProblem.Kind.MARKUP, OptionalInt.of(at + 1), observed));
  }
}
