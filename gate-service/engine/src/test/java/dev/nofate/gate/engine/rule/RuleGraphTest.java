package dev.nofate.gate.engine.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The linear answer against trying out every combination. */
class RuleGraphTest {

  private static final int RULES = 7;

  @Property(tries = 5_000)
  void pivotalRulesAreExactlyThoseWhoseValueChangesTheResult(@ForAll long seed) {
    Random random = new Random(seed);
    BitSet violations = bits(random, 0.5);
    List<BitSet> overrides = acyclicOverrides(random);
    BitSet fired = bits(random, 0.3);
    BitSet undecided = bits(random, 0.6);
    undecided.andNot(fired);

    RuleGraph graph = new RuleGraph(violations, overrides);

    assertThat(graph.pivotal(fired, undecided))
        .isEqualTo(bruteForce(graph, violations, fired, undecided));
  }

  @Property(tries = 1_000)
  void ofFiredRulesAtLeastOneRemains(@ForAll long seed) {
    Random random = new Random(seed);
    RuleGraph graph = new RuleGraph(bits(random, 0.5), acyclicOverrides(random));
    BitSet fired = bits(random, 0.5);
    assertThat(graph.remaining(fired).isEmpty()).isEqualTo(fired.isEmpty());
  }

  private static BitSet bruteForce(
      RuleGraph graph, BitSet violations, BitSet fired, BitSet undecided) {
    BitSet pivotal = new BitSet();
    for (int rule = undecided.nextSetBit(0); rule >= 0; rule = undecided.nextSetBit(rule + 1)) {
      for (long subset = 0; subset < 1L << RULES; subset++) {
        BitSet without = BitSet.valueOf(new long[] {subset});
        without.and(undecided);
        without.clear(rule);
        without.or(fired);
        BitSet with = (BitSet) without.clone();
        with.set(rule);
        if (result(graph, violations, without) != result(graph, violations, with)) {
          pivotal.set(rule);
          break;
        }
      }
    }
    return pivotal;
  }

  private static int result(RuleGraph graph, BitSet violations, BitSet fired) {
    BitSet remaining = graph.remaining(fired);
    BitSet compliant = (BitSet) remaining.clone();
    compliant.andNot(violations);
    return (remaining.intersects(violations) ? 1 : 0) + (compliant.isEmpty() ? 0 : 2);
  }

  /** A rule overrides only rules with a greater index, so there is no cycle. */
  private static List<BitSet> acyclicOverrides(Random random) {
    double density = random.nextDouble() * 0.6;
    List<BitSet> overrides = new ArrayList<>();
    for (int rule = 0; rule < RULES; rule++) {
      BitSet silenced = new BitSet();
      for (int other = rule + 1; other < RULES; other++) {
        silenced.set(other, random.nextDouble() < density);
      }
      overrides.add(silenced);
    }
    return overrides;
  }

  private static BitSet bits(Random random, double density) {
    BitSet bits = new BitSet();
    for (int i = 0; i < RULES; i++) {
      bits.set(i, random.nextDouble() < density);
    }
    return bits;
  }
}
