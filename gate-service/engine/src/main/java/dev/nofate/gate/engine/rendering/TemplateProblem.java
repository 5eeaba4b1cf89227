package dev.nofate.gate.engine.rendering;

import java.util.OptionalInt;

/**
 * Why a template is refused.
 *
 * @param kind what is wrong
 * @param column position in the template, counted from 1
 * @param observed what was observed, as a statement
 */
public record TemplateProblem(Kind kind, OptionalInt column, String observed) {

  /** What can be wrong with a template. */
  public enum Kind {
    /** It is no Mustache template, or uses a part of Mustache that is not offered. */
    SYNTAX,
    /** A value stands in markup instead of text, or the markup is not offered. */
    MARKUP,
    /** A tag and the declared type of its value do not go together. */
    TYPE,
    /** It names a fact that is not declared. */
    UNDECLARED_FACT,
    /** It is longer, has more tags or nests deeper than the limits. */
    LIMIT
  }
}
