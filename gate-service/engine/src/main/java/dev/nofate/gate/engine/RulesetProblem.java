package dev.nofate.gate.engine;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One reason a ruleset document is refused.
 *
 * @param code what is wrong
 * @param pointer JSON Pointer (RFC 6901) into the document
 * @param rule id of the rule concerned
 * @param column place in the expression or template in characters, counted from 1
 * @param observed what was observed, as a statement
 */
public record RulesetProblem(
    Code code, String pointer, Optional<String> rule, OptionalInt column, String observed) {

  /** A problem of the document outside any rule's expression. */
  static RulesetProblem of(Code code, String pointer, String observed) {
    return new RulesetProblem(code, pointer, Optional.empty(), OptionalInt.empty(), observed);
  }

  /** What can be wrong with a ruleset document. */
  public enum Code {
    /** The document is not strict JSON, or not an object. */
    MALFORMED_DOCUMENT,
    /** A limit of {@link RulesetLimits} is exceeded. */
    LIMIT_EXCEEDED,
    /** A member the contract requires is absent. */
    MISSING_MEMBER,
    /** A member the contract does not know. */
    UNKNOWN_MEMBER,
    /** A member has another type or form than the contract's. */
    INVALID_MEMBER,
    /** {@code facts} is no JSON Schema 2020-12, or uses a part of it that is not offered. */
    INVALID_SCHEMA,
    /** An authority key is no public Ed25519 or P-256 JWK. */
    INVALID_KEY,
    /** Two rules, keys or examples share an id. */
    DUPLICATE_ID,
    /** An override names no rule. */
    UNKNOWN_OVERRIDE,
    /** Overrides form a cycle. */
    CYCLIC_OVERRIDE,
    /** The expression does not parse. */
    EXPRESSION_SYNTAX,
    /** The expression does not type-check. */
    EXPRESSION_TYPE,
    /** An expression or a template names a fact that {@code facts} does not declare. */
    UNDECLARED_FACT,
    /** The expression calls a function outside the deterministic subset. */
    FUNCTION_NOT_OFFERED,
    /** The worst-case cost of the expression is over the limit. */
    COST_EXCEEDED,
    /** A template is no Mustache template, or uses a part of Mustache that is not offered. */
    TEMPLATE_SYNTAX,
    /** A value of an HTML template stands in markup, or the markup is not offered. */
    TEMPLATE_MARKUP,
    /** A tag of a template and the declared type of its value do not go together. */
    TEMPLATE_TYPE,
    /** An example of the document comes out otherwise. */
    EXAMPLE_DIFFERS
  }
}
