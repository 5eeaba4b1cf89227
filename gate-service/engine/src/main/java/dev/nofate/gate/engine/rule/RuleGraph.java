package dev.nofate.gate.engine.rule;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * How rules silence one another, and which undecided rules the result still hangs on.
 *
 * <p>The result of a run depends on two bits: whether a rule of either side remains, that is, fired
 * and is not overridden by a fired rule. {@link #pivotal} finds exactly the undecided rules whose
 * value changes those bits for some values of the other undecided ones. Overrides are acyclic, so
 * of any set of fired rules at least one remains; each question below is a largest-set question
 * that a monotone filling answers in time linear in rules and overrides.
 */
public final class RuleGraph {

  private final int size;
  private final BitSet violations;
  private final BitSet[] overrides;
  private final BitSet[] overriders;

  /**
   * A graph over rules {@code 0 … size-1}.
   *
   * @param violations the rules whose outcome is violation; the others say compliance
   * @param overrides for each rule, the rules it overrides; acyclic
   */
  public RuleGraph(BitSet violations, List<BitSet> overrides) {
    this.size = overrides.size();
    this.violations = (BitSet) violations.clone();
    this.overrides = new BitSet[size];
    this.overriders = new BitSet[size];
    for (int rule = 0; rule < size; rule++) {
      this.overrides[rule] = (BitSet) overrides.get(rule).clone();
      this.overriders[rule] = new BitSet(size);
    }
    for (int rule = 0; rule < size; rule++) {
      int overrider = rule;
      this.overrides[rule].stream().forEach(silenced -> overriders[silenced].set(overrider));
    }
  }

  /** The fired rules that override {@code rule}. */
  public BitSet silencers(int rule, BitSet fired) {
    return overriders[rule].isEmpty() ? new BitSet(0) : intersection(overriders[rule], fired);
  }

  /** The fired rules that no fired rule overrides. */
  public BitSet remaining(BitSet fired) {
    BitSet remaining = new BitSet(size);
    fired.stream().filter(rule -> !overriders[rule].intersects(fired)).forEach(remaining::set);
    return remaining;
  }

  /**
   * The undecided rules that can still change the result.
   *
   * @param fired rules known to fire
   * @param undecided rules that may or may not fire; disjoint from {@code fired}
   */
  public BitSet pivotal(BitSet fired, BitSet undecided) {
    BitSet pivotal = new BitSet(size);
    undecided.stream().filter(rule -> isPivotal(rule, fired, undecided)).forEach(pivotal::set);
    return pivotal;
  }

  private boolean isPivotal(int rule, BitSet fired, BitSet undecided) {
    BitSet others = (BitSet) undecided.clone();
    others.clear(rule);
    return bringsItsSide(rule, fired, others)
        || overrides[rule].stream().anyMatch(victim -> endsASide(rule, victim, fired, others));
  }

  /** Some firing leaves nothing of the rule's side, and the rule would be the first of it. */
  private boolean bringsItsSide(int rule, BitSet fired, BitSet others) {
    if (overriders[rule].intersects(fired)) {
      return false;
    }
    BitSet free = difference(others, overriders[rule]);
    boolean side = violations.get(rule);
    BitSet filled = fill(fired, free, side, silenced -> false);
    return sideIsSilent(filled, side, silenced -> false);
  }

  /**
   * Some firing leaves {@code victim}, and beside it on its side only rules that {@code rule}
   * overrides; the rule's firing then ends that side. When the victim is of the rule's own side,
   * the rule itself is silenced.
   */
  private boolean endsASide(int rule, int victim, BitSet fired, BitSet others) {
    boolean side = violations.get(victim);
    boolean ownSide = side == violations.get(rule);
    if (!(fired.get(victim) || others.get(victim)) || overriders[victim].intersects(fired)) {
      return false;
    }
    BitSet free = difference(others, overriders[victim]);
    BitSet start = (BitSet) fired.clone();
    start.set(victim);
    BitSet filled = fill(start, free, side, overrides[rule]::get);
    return sideIsSilent(filled, side, overrides[rule]::get)
        && (!ownSide || overriders[rule].intersects(filled));
  }

  /**
   * The largest firing that adds to {@code start} what is free and leaves nothing of {@code side}
   * except tolerated rules: all free rules of the other side, and those of this side that are
   * tolerated or overridden by what already fires.
   */
  private BitSet fill(BitSet start, BitSet free, boolean side, IntPredicate tolerated) {
    BitSet filled = (BitSet) start.clone();
    BitSet candidates = new BitSet(size);
    free.stream()
        .forEach(
            rule -> {
              if (violations.get(rule) != side || tolerated.test(rule)) {
                filled.set(rule);
              } else {
                candidates.set(rule);
              }
            });
    BitSet silenced = new BitSet(size);
    filled.stream().forEach(rule -> silenced.or(overrides[rule]));
    BitSet next = intersection(candidates, silenced);
    while (!next.isEmpty()) {
      filled.or(next);
      candidates.andNot(next);
      next.stream().forEach(rule -> silenced.or(overrides[rule]));
      next = intersection(candidates, silenced);
    }
    return filled;
  }

  private boolean sideIsSilent(BitSet fired, boolean side, IntPredicate tolerated) {
    return fired.stream()
        .filter(rule -> violations.get(rule) == side)
        .allMatch(rule -> tolerated.test(rule) || overriders[rule].intersects(fired));
  }

  private static BitSet intersection(BitSet left, BitSet right) {
    BitSet both = (BitSet) left.clone();
    both.and(right);
    return both;
  }

  private static BitSet difference(BitSet left, BitSet right) {
    BitSet rest = (BitSet) left.clone();
    rest.andNot(right);
    return rest;
  }
}
