package dev.nofate.gate.engine.rendering;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;

/** One rendering while it is made. */
final class Run {

  private final Value facts;
  private final TreeSet<String> missing = new TreeSet<>();
  private int iterationsLeft;
  private boolean overLimit;

  Run(JsonNode facts, int iterations) {
    this.facts = new Value(this, "", facts);
    this.iterationsLeft = iterations;
  }

  Value facts() {
    return facts;
  }

  void missing(Value value) {
    missing.add(value.name());
  }

  /** Counts a body of a section. */
  void iterate() {
    if (iterationsLeft == 0) {
      throw exceeded();
    }
    iterationsLeft--;
  }

  /** What ends this rendering. */
  RuntimeException exceeded() {
    overLimit = true;
    return new LimitExceeded();
  }

  boolean isOverLimit() {
    return overLimit;
  }

  Rendered conclude(String text) {
    boolean complete = missing.isEmpty() && !overLimit;
    return new Rendered(complete ? text : "", missing, overLimit);
  }

  /** Leaves the template; never leaves this package. */
  private static final class LimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitExceeded() {
      super(null, null, false, false);
    }
  }
}
