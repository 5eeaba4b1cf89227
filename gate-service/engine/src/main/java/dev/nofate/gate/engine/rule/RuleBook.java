package dev.nofate.gate.engine.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.fact.FactTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The conditions of a ruleset, in one order, ready to evaluate; safe for use by many threads. */
public final class RuleBook {

  private final FactVariables variables;
  private final Atoms atoms;
  private final List<RuleProgram> programs;

  private RuleBook(FactVariables variables, Atoms atoms, List<RuleProgram> programs) {
    this.variables = variables;
    this.atoms = atoms;
    this.programs = List.copyOf(programs);
  }

  /** What becomes of compiling conditions. */
  public sealed interface Result {

    /** All conditions compiled. */
    record Compiled(RuleBook book) implements Result {}

    /** For each condition, in the order given, what is wrong with it. */
    record Refused(List<List<ExpressionProblem>> problems) implements Result {}
  }

  /** Compiles conditions with a compiler of their own. */
  public static Result compile(List<String> conditions, FactTypes types, ExpressionLimits limits) {
    FactVariables variables = new FactVariables();
    Atoms atoms = new Atoms();
    ExpressionCompiler compiler = new ExpressionCompiler(types, variables, atoms, limits);
    List<RuleProgram> programs = new ArrayList<>();
    List<List<ExpressionProblem>> problems = new ArrayList<>();
    for (String condition : conditions) {
      List<ExpressionProblem> found = new ArrayList<>();
      compiler.compile(condition, found).ifPresent(programs::add);
      problems.add(List.copyOf(found));
    }
    return programs.size() == conditions.size()
        ? new Result.Compiled(new RuleBook(variables, atoms, programs))
        : new Result.Refused(problems);
  }

  /** Binds the facts of one request. */
  public Reading read(JsonNode facts) {
    return new Reading(new FactBinding(facts, variables));
  }

  /** Worst-case cost of all conditions together. */
  public long cost() {
    return programs.stream().mapToLong(RuleProgram::cost).sum();
  }

  /** The conditions over the facts of one request; used by one thread. */
  public final class Reading {

    private final FactBinding facts;

    private Reading(FactBinding facts) {
      this.facts = facts;
    }

    /** What condition {@code index} comes to. */
    public Verdict verdict(int index) {
      return programs.get(index).evaluate(facts);
    }

    /** Names of the stated facts that condition {@code index} reads, sorted. */
    public List<String> statedFacts(int index) {
      return programs.get(index).statedFacts(facts);
    }

    /**
     * What follows from conditions that are unknown, as far as it is the same whatever the absent
     * facts are, or which facts it hangs on.
     *
     * @param open the conditions
     * @param result what follows from their verdicts, given in that order
     * @return empty when there is too much to go through
     */
    public <R> Optional<Prospect<R>> prospect(
        List<Integer> open, Function<List<Verdict>, R> result) {
      return Outlook.of(
          atoms,
          facts,
          variables,
          open.stream().map(index -> programs.get(index).formula()).toList(),
          programs.size(),
          result);
    }

    /** Names of the absent facts that condition {@code index} still hangs on, sorted. */
    public Set<String> missingFacts(int index) {
      return programs.get(index).missingFacts(facts);
    }
  }
}
