package dev.nofate.gate.engine.rule;

import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.CelVariableResolver;
import dev.nofate.gate.engine.rule.Atom.Comparison;
import dev.nofate.gate.engine.rule.FactVariables.Variable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Goes through everything that open conditions can still come to together. Conditions that share an
 * atom agree about it, and atoms that hold one fact against known values agree about that fact; any
 * other atom is free to be true, false or, where it may fail, an error.
 */
final class Outlook {

  /** Cases gone through at most. */
  static final int MOST_CASES = 4_096;

  /** Steps at most, in all cases together: nodes of formulas, and rules looked at. */
  static final long MOST_WORK = 1 << 18;

  /** Evaluations of atoms under supplied facts at most; one costs about as much as ten steps. */
  static final long MOST_EVALUATIONS = 1 << 14;

  /** Rules of which one look at how they silence one another costs a step. */
  private static final int RULES_A_STEP = 8;

  /**
   * What is not known: the values that some atoms take together.
   *
   * @param atoms indices of atoms
   * @param values for each case the values of those atoms
   * @param facts names of the absent facts that decide between the cases
   */
  private record Open(List<Integer> atoms, List<List<Truth>> values, Set<String> facts) {
    boolean mayFail() {
      return values.stream().anyMatch(together -> together.contains(Truth.ERROR));
    }
  }

  private final Atoms atoms;
  private final FactBinding facts;
  private final FactVariables variables;
  private final Truth[] truths;
  private final List<Open> open = new ArrayList<>();

  private Outlook(Atoms atoms, FactBinding facts, FactVariables variables) {
    this.atoms = atoms;
    this.facts = facts;
    this.variables = variables;
    this.truths = new Truth[atoms.count()];
  }

  /**
   * Goes through the cases.
   *
   * @param rules how many rules there are, open ones included
   * @param result what follows from the verdicts of the conditions
   * @return empty when that is too much
   */
  static <R> Optional<Prospect<R>> of(
      Atoms atoms,
      FactBinding facts,
      FactVariables variables,
      List<Formula> conditions,
      int rules,
      Function<List<Verdict>, R> result) {
    Outlook outlook = new Outlook(atoms, facts, variables);
    OptionalInt cases =
        outlook.read(conditions) ? outlook.cases(conditions, rules) : OptionalInt.empty();
    return cases.isPresent()
        ? Optional.of(outlook.prospect(cases.getAsInt(), conditions, result))
        : Optional.empty();
  }

  /** Finds what is open; false when that takes too many evaluations. */
  private boolean read(List<Formula> conditions) {
    BitSet read = new BitSet();
    conditions.forEach(condition -> condition.collect(read));
    Map<Variable, List<Integer>> compared = new LinkedHashMap<>();
    Map<Variable, Representatives> representatives = new LinkedHashMap<>();
    read.stream()
        .forEach(
            index -> {
              Atom atom = atoms.get(index);
              Optional<Truth> known = atom.truth(facts);
              if (known.isPresent()) {
                truths[index] = known.orElseThrow();
                return;
              }
              Set<String> names = atom.hangsOn(facts);
              Optional<Comparison> view = view(atom, names);
              if (view.isEmpty()) {
                open.add(free(index, names));
                return;
              }
              Variable variable = view.orElseThrow().variable();
              compared.computeIfAbsent(variable, v -> new ArrayList<>()).add(index);
              Representatives values =
                  representatives.computeIfAbsent(variable, v -> new Representatives(v.type()));
              view.orElseThrow()
                  .side()
                  .flatMap(side -> Atom.evaluate(side, facts))
                  .ifPresent(values::against);
            });
    long evaluations =
        compared.entrySet().stream()
            .mapToLong(e -> (long) e.getValue().size() * representatives.get(e.getKey()).count())
            .sum();
    if (evaluations > MOST_EVALUATIONS) {
      return false;
    }
    compared.forEach(
        (variable, indices) ->
            open.add(compared(variable, indices, representatives.get(variable).values())));
    return true;
  }

  /** The comparison of the one absent fact an atom hangs on with something that is known. */
  private Optional<Comparison> view(Atom atom, Set<String> names) {
    return atom.comparisons().stream()
        .filter(view -> names.equals(Set.of(view.variable().name())))
        .filter(view -> view.side().map(side -> isKnown(Atom.evaluate(side, facts))).orElse(true))
        .findFirst();
  }

  private static boolean isKnown(Optional<Object> value) {
    return value.filter(found -> !(found instanceof CelUnknownSet)).isPresent();
  }

  private Open free(int index, Set<String> names) {
    Set<String> missing = new TreeSet<>();
    names.forEach(name -> missing.add(variables.named(name).fact()));
    List<List<Truth>> values = new ArrayList<>();
    values.add(List.of(Truth.FALSE));
    values.add(List.of(Truth.TRUE));
    if (atoms.get(index).failing()) {
      values.add(List.of(Truth.ERROR));
    }
    return new Open(List.of(index), values, missing);
  }

  private Open compared(Variable variable, List<Integer> indices, Set<Object> candidates) {
    Set<List<Truth>> values = new LinkedHashSet<>();
    for (Object candidate : candidates) {
      CelVariableResolver supplied =
          name -> name.equals(variable.name()) ? Optional.of(candidate) : facts.find(name);
      List<Truth> together = new ArrayList<>();
      for (int index : indices) {
        together.add(atoms.get(index).truth(supplied).orElse(Truth.ERROR));
      }
      values.add(together);
    }
    return new Open(indices, List.copyOf(values), Set.of(variable.fact()));
  }

  private OptionalInt cases(List<Formula> conditions, int rules) {
    boolean failing = open.stream().anyMatch(each -> each.mayFail());
    long steps = rules + (failing ? (long) conditions.size() * rules / RULES_A_STEP : 0);
    steps += conditions.stream().mapToLong(Formula::size).sum();
    long cases = 1;
    for (Open each : open) {
      cases *= each.values().size();
      if (cases > MOST_CASES || cases * steps > MOST_WORK) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of((int) cases);
  }

  private <R> Prospect<R> prospect(
      int cases, List<Formula> conditions, Function<List<Verdict>, R> result) {
    List<R> results = new ArrayList<>(cases);
    for (int number = 0; number < cases; number++) {
      choose(number);
      List<Verdict> verdicts = new ArrayList<>(conditions.size());
      conditions.forEach(condition -> verdicts.add(condition.value(truths).verdict()));
      results.add(result.apply(verdicts));
    }
    Set<String> missing = new TreeSet<>();
    open.forEach(each -> missing.addAll(each.facts()));
    missing.removeIf(fact -> !changes(fact, results));
    return new Prospect<>(List.copyOf(missing), results.get(0));
  }

  private void choose(int number) {
    int rest = number;
    for (Open each : open) {
      List<Truth> values = each.values().get(rest % each.values().size());
      for (int i = 0; i < values.size(); i++) {
        truths[each.atoms().get(i)] = values.get(i);
      }
      rest /= each.values().size();
    }
  }

  /** Whether two cases that differ by nothing but this fact come to different results. */
  private <R> boolean changes(String fact, List<R> results) {
    for (int number = 0; number < results.size(); number++) {
      if (!results.get(number).equals(results.get(withoutChoice(number, fact)))) {
        return true;
      }
    }
    return false;
  }

  /** The case in which all that hangs on the fact takes its first value. */
  private int withoutChoice(int number, String fact) {
    int rest = number;
    int stride = 1;
    int base = number;
    for (Open each : open) {
      int size = each.values().size();
      if (each.facts().contains(fact)) {
        base -= rest % size * stride;
      }
      rest /= size;
      stride *= size;
    }
    return base;
  }
}
