package dev.nofate.gate.engine.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.CelVariableResolver;
import dev.nofate.gate.engine.rule.FactVariables.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A part of a condition that is true, false or an error as a whole. Rules that contain the same
 * part, or its opposite, share it.
 *
 * @param need the part, and what it hangs on
 * @param inverted whether the atom is the opposite of the part
 * @param failing whether evaluating the part may end in an error
 * @param comparisons the ways to see the part as one fact held against a value
 */
record Atom(Need need, boolean inverted, boolean failing, List<Comparison> comparisons) {

  /**
   * One fact held against a value.
   *
   * @param variable the fact, of a declared type
   * @param side the value; the fact itself is a boolean when there is none
   */
  record Comparison(Variable variable, Optional<Program> side) {}

  /** What it comes to; empty while it hangs on absent facts. */
  Optional<Truth> truth(CelVariableResolver facts) {
    Optional<Object> value = evaluate(need.program(), facts);
    if (value.filter(CelUnknownSet.class::isInstance).isPresent()) {
      return Optional.empty();
    }
    Truth found =
        value.filter(Boolean.class::isInstance).map(b -> Truth.of((Boolean) b)).orElse(Truth.ERROR);
    return Optional.of(inverted ? found.not() : found);
  }

  /** Names of the variables it still hangs on. */
  Set<String> hangsOn(FactBinding facts) {
    Set<String> names = new HashSet<>();
    need.collect(facts, names);
    return names;
  }

  /** The value of a program; empty when it ends in an error. */
  static Optional<Object> evaluate(Program program, CelVariableResolver facts) {
    try {
      return Optional.of(program.eval(facts));
    } catch (CelEvaluationException e) {
      return Optional.empty();
    }
  }
}
