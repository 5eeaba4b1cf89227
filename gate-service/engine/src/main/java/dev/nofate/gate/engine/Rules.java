package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.rule.Prospect;
import dev.nofate.gate.engine.rule.RuleBook;
import dev.nofate.gate.engine.rule.RuleGraph;
import dev.nofate.gate.engine.rule.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rules of a ruleset in one order, ready to judge facts; safe for use by many threads. */
final class Rules {

  private final List<Rule> rules;
  private final RuleBook book;
  private final RuleGraph graph;

  /** Indices of the rules in the order of their ids, in which the derivation names them. */
  private final int[] byId;

  Rules(List<Rule> rules, RuleBook book) {
    this.rules = List.copyOf(rules);
    this.book = book;
    this.graph = graph(rules);
    this.byId =
        IntStream.range(0, rules.size())
            .boxed()
            .sorted(Comparator.comparing(i -> rules.get(i).id()))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /**
   * What the rules say about facts.
   *
   * @param derivation a trace for each rule, by rule id
   * @param obstacle why nothing can be said
   * @param outcomes the distinct outcomes of the rules that remain; empty beside an obstacle
   */
  record Finding(List<RuleTrace> derivation, Optional<Reason> obstacle, Set<Outcome> outcomes) {}

  Finding judge(JsonNode facts) {
    RuleBook.Reading reading = book.read(facts);
    List<Verdict> verdicts = new ArrayList<>(rules.size());
    for (int i = 0; i < rules.size(); i++) {
      verdicts.add(reading.verdict(i));
    }
    BitSet fired = where(verdicts, Verdict.FIRED);
    BitSet failed = where(verdicts, Verdict.FAILED);
    BitSet undecided = where(verdicts, Verdict.UNKNOWN);
    undecided.or(failed);
    BitSet pivotal = undecided.isEmpty() ? undecided : graph.pivotal(fired, undecided);
    List<RuleTrace> derivation = derivation(reading, verdicts, fired);
    if (pivotal.intersects(failed)) {
      return new Finding(derivation, Optional.of(Reason.of(ReasonCode.RULE_UNDECIDABLE)), Set.of());
    }
    if (!pivotal.isEmpty()) {
      return open(reading, derivation, fired, failed, pivotal);
    }
    return new Finding(derivation, Optional.empty(), outcomes(fired));
  }

  /**
   * The pivotal rules are unknown: either all they can still come to ends alike, or facts are
   * missing.
   */
  private Finding open(
      RuleBook.Reading reading,
      List<RuleTrace> derivation,
      BitSet fired,
      BitSet failed,
      BitSet pivotal) {
    List<Integer> open = pivotal.stream().boxed().toList();
    Optional<Prospect<Ending>> prospect =
        reading.prospect(open, verdicts -> ending(open, verdicts, fired, failed));
    Set<String> missing = new TreeSet<>();
    prospect.ifPresentOrElse(
        found -> missing.addAll(found.missing()),
        () -> open.forEach(i -> missing.addAll(reading.missingFacts(i))));
    if (missing.isEmpty()) {
      return prospect.orElseThrow().result().finding(derivation);
    }
    return new Finding(
        derivation,
        Optional.of(Reason.missing(ReasonCode.FACTS_INCOMPLETE, List.copyOf(missing))),
        Set.of());
  }

  /** How a run over complete facts ends. */
  private record Ending(boolean undecidable, Set<Outcome> outcomes) {
    Finding finding(List<RuleTrace> derivation) {
      return new Finding(
          derivation,
          undecidable ? Optional.of(Reason.of(ReasonCode.RULE_UNDECIDABLE)) : Optional.empty(),
          outcomes);
    }
  }

  private Ending ending(List<Integer> open, List<Verdict> verdicts, BitSet fired, BitSet failed) {
    BitSet firing = (BitSet) fired.clone();
    BitSet failing = (BitSet) failed.clone();
    for (int i = 0; i < open.size(); i++) {
      firing.set(open.get(i), verdicts.get(i) == Verdict.FIRED);
      failing.set(open.get(i), verdicts.get(i) == Verdict.FAILED);
    }
    boolean undecidable = !failing.isEmpty() && !graph.pivotal(firing, failing).isEmpty();
    return new Ending(undecidable, undecidable ? Set.of() : outcomes(firing));
  }

  private Set<Outcome> outcomes(BitSet fired) {
    return graph.remaining(fired).stream()
        .mapToObj(i -> rules.get(i).outcome())
        .collect(Collectors.toUnmodifiableSet());
  }

  private List<RuleTrace> derivation(
      RuleBook.Reading reading, List<Verdict> verdicts, BitSet fired) {
    List<RuleTrace> traces = new ArrayList<>(rules.size());
    for (int i : byId) {
      Verdict verdict = verdicts.get(i);
      traces.add(
          new RuleTrace(
              rules.get(i).id(),
              decided(verdict),
              rules.get(i).outcome(),
              reading.statedFacts(i),
              verdict == Verdict.NOT_FIRED ? List.of() : ids(graph.silencers(i, fired))));
    }
    return traces;
  }

  private static Optional<Boolean> decided(Verdict verdict) {
    return switch (verdict) {
      case FIRED -> Optional.of(true);
      case NOT_FIRED -> Optional.of(false);
      case UNKNOWN, FAILED -> Optional.empty();
    };
  }

  private List<String> ids(BitSet indices) {
    return indices.isEmpty()
        ? List.of()
        : indices.stream().mapToObj(i -> rules.get(i).id()).sorted().toList();
  }

  private static BitSet where(List<Verdict> verdicts, Verdict wanted) {
    BitSet indices = new BitSet(verdicts.size());
    for (int i = 0; i < verdicts.size(); i++) {
      indices.set(i, verdicts.get(i) == wanted);
    }
    return indices;
  }

  private static RuleGraph graph(List<Rule> rules) {
    Map<String, Integer> indices = new HashMap<>();
    BitSet violations = new BitSet(rules.size());
    for (int i = 0; i < rules.size(); i++) {
      indices.put(rules.get(i).id(), i);
      violations.set(i, rules.get(i).outcome() == Outcome.VIOLATION);
    }
    List<BitSet> overrides = new ArrayList<>();
    for (Rule rule : rules) {
      BitSet silenced = new BitSet(rules.size());
      rule.overrides().forEach(id -> silenced.set(indices.get(id)));
      overrides.add(silenced);
    }
    return new RuleGraph(violations, overrides);
  }
}
