package dev.nofate.gate.engine.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import dev.cel.runtime.CelUnknownSet;
import dev.nofate.gate.engine.rule.FactVariables.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The condition of one rule, ready to evaluate. */
final class RuleProgram {

  private final Program program;
  private final Need need;
  private final Formula formula;
  private final Set<Variable> read;
  private final List<Variable> mentioned;
  private final long cost;

  RuleProgram(
      Program program,
      Need need,
      Formula formula,
      Set<Variable> read,
      Set<Variable> asked,
      long cost) {
    this.program = program;
    this.need = need;
    this.formula = formula;
    this.read = Set.copyOf(read);
    this.mentioned =
        Stream.concat(read.stream(), asked.stream())
            .sorted(Comparator.comparing(Variable::fact))
            .toList();
    this.cost = cost;
  }

  Verdict evaluate(FactBinding facts) {
    try {
      Object value = program.eval(facts);
      if (value instanceof Boolean fired) {
        return fired ? Verdict.FIRED : Verdict.NOT_FIRED;
      }
      return value instanceof CelUnknownSet ? Verdict.UNKNOWN : Verdict.FAILED;
    } catch (CelEvaluationException e) {
      return Verdict.FAILED;
    }
  }

  /** Names of the stated facts the condition reads or asks for, sorted. */
  List<String> statedFacts(FactBinding facts) {
    List<String> names = new ArrayList<>(mentioned.size());
    for (Variable variable : mentioned) {
      boolean repeated = !names.isEmpty() && names.get(names.size() - 1).equals(variable.fact());
      if (!repeated && facts.isStated(variable)) {
        names.add(variable.fact());
      }
    }
    return names;
  }

  /** Names of the absent facts the condition still hangs on, sorted. */
  Set<String> missingFacts(FactBinding facts) {
    Set<String> variables = new HashSet<>();
    need.collect(facts, variables);
    Set<String> names = new TreeSet<>();
    read.stream()
        .filter(variable -> variables.contains(variable.name()))
        .forEach(variable -> names.add(variable.fact()));
    return names;
  }

  /** The condition as a joining of the ruleset's atoms. */
  Formula formula() {
    return formula;
  }

  long cost() {
    return cost;
  }
}
