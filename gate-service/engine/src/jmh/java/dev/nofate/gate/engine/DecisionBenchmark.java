package dev.nofate.gate.engine;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time and allocation of one decision, from the octets of the request to the decision with its
 * digest: reading, canonical form, commitment, all gates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecisionBenchmark {

  private static final Set<ReasonCode> DERIVED_ONCE =
      Set.of(ReasonCode.RULE_VIOLATION, ReasonCode.NO_APPLICABLE_RULE);

  /** Rules of the ruleset. */
  @Param({"1", "10", "100", "1000"})
  public int rules;

  /** Octets of the proposal, in KiB. */
  @Param({"1", "10", "100"})
  public int kib;

  private byte[] body;
  private byte[] exceeding;
  private Engine engine;
  private Optional<VersionedRuleset> ruleset;

  /** Compiles the ruleset and writes the bodies. */
  @Setup
  public void prepare() {
    engine = new Engine(Decisions.LIMITS);
    ruleset =
        Optional.of(
            new VersionedRuleset(1, TestRulesets.compile(BenchmarkRuleset.document(rules))));
    body = BenchmarkRuleset.body(kib, 1);
    exceeding = BenchmarkRuleset.body(kib, 1_000_000);
    require(decide(body).reason().isEmpty());
    require(decide(exceeding).reason().filter(r -> DERIVED_ONCE.contains(r.code())).isPresent());
  }

  /** No compliance: derived once. */
  @Benchmark
  public Decision derivedOnce() {
    return decide(exceeding);
  }

  /** A compliance: derived a second time from the canonical octets. */
  @Benchmark
  public Decision derivedTwice() {
    return decide(body);
  }

  private Decision decide(byte[] octets) {
    return engine.decide(Intake.read(octets, Decisions.LIMITS), ruleset, Decisions.ADMISSION);
  }

  private static void require(boolean expected) {
    if (!expected) {
      throw new IllegalStateException("a body of the benchmark ends in another state");
    }
  }
}
