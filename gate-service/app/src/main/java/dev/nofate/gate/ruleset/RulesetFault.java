package dev.nofate.gate.ruleset;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.gate.engine.RulesetProblem;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A fault of a ruleset document as it stands in answers.
 *
 * @param code what is wrong
 * @param pointer JSON Pointer into the document
 * @param rule the rule's id, when one is concerned
 * @param column column in the rule's expression, counted from 1
 * @param observed what was observed
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RulesetFault(
    String code, String pointer, String rule, Integer column, String observed) {

  static RulesetFault of(RulesetProblem problem) {
    return new RulesetFault(
        problem.code().name(),
        problem.pointer(),
        problem.rule().orElse(null),
        problem.column().isPresent() ? problem.column().getAsInt() : null,
        problem.observed());
  }
}
