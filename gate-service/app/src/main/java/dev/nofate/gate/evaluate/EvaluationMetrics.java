package dev.nofate.gate.evaluate;

import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Gate;
import dev.nofate.gate.engine.GateTrace;
import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Counts what this replica stored: {@code nofate.evaluations} by terminal state, {@code
 * nofate.gates} by gate, outcome and code. Every series is there from the start, so that a rate is
 * never missing.
 */
@Startup
@Singleton
class EvaluationMetrics {

  private static final String NO_CODE = "none";

  private final Map<State, Counter> states;
  private final Map<Gate, Counter> passed;
  private final Map<ReasonCode, Counter> failed;

  EvaluationMetrics(MeterRegistry registry) {
    states =
        counters(State.values(), s -> registry.counter("nofate.evaluations", "state", s.name()));
    passed = counters(Gate.values(), g -> gates(registry, g, "passed", NO_CODE));
    failed = counters(ReasonCode.values(), c -> gates(registry, c.gate(), "failed", c.name()));
  }

  void stored(List<EvaluationStore.Entry> entries) {
    entries.forEach(entry -> count(entry.draft().decision()));
  }

  private void count(Decision decision) {
    states.get(decision.state()).increment();
    for (GateTrace trace : decision.gateTrace()) {
      trace.failure().map(failed::get).orElseGet(() -> passed.get(trace.gate())).increment();
    }
  }

  private static Counter gates(MeterRegistry registry, Gate gate, String outcome, String code) {
    return registry.counter(
        "nofate.gates", "gate", gate.wireName(), "outcome", outcome, "code", code);
  }

  private static <K> Map<K, Counter> counters(K[] keys, Function<K, Counter> counter) {
    return Arrays.stream(keys).collect(Collectors.toMap(Function.identity(), counter));
  }
}
