package dev.nofate.gate.engine.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One tag of a template, as it stands there.
 *
 * @param kind the character after the braces, or {@code 0} for a value
 * @param name what the tag names, white space around it removed
 * @param start offset of its first brace
 * @param end offset behind its last brace
 */
record TemplateTag(char kind, String name, int start, int end) {

  static final char VALUE = 0;
  private static final String KINDS = "#^/!>{&=<$?%";

  /** The tags in order; a tag that is not closed is a problem and the last one seen. */
  static List<TemplateTag> scan(String template, List<TemplateProblem> problems) {
    List<TemplateTag> tags = new ArrayList<>();
    int start = template.indexOf("{{");
    while (start >= 0) {
      int close = template.indexOf("}}", start + 2);
      if (close < 0) {
        problems.add(
            new TemplateProblem(
                TemplateProblem.Kind.SYNTAX, OptionalInt.of(start + 1), "a tag is not closed"));
        return tags;
      }
      tags.add(of(template.substring(start + 2, close), start, close + 2));
      start = template.indexOf("{{", close + 2);
    }
    return tags;
  }

  private static TemplateTag of(String content, int start, int end) {
    char first = content.isEmpty() ? VALUE : content.charAt(0);
    return KINDS.indexOf(first) >= 0 && first != VALUE
        ? new TemplateTag(first, content.substring(1).trim(), start, end)
        : new TemplateTag(VALUE, content.trim(), start, end);
  }

  OptionalInt column() {
    return OptionalInt.of(start + 1);
  }
}
