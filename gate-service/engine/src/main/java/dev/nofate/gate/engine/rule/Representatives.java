package dev.nofate.gate.engine.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A few values of a declared type that stand for all of them in comparisons with known values: each
 * known value itself, one between any two, one below and one above all.
 */
final class Representatives {

  private final CelType type;
  private final Set<Object> values = new LinkedHashSet<>();

  Representatives(CelType type) {
    this.type = type;
    if (type.equals(SimpleType.INT)) {
      values.add(0L);
    } else if (type.equals(SimpleType.DOUBLE)) {
      values.add(0.0);
    } else if (type.equals(SimpleType.STRING)) {
      values.add("");
    } else {
      values.addAll(List.of(false, true));
    }
  }

  /** Adds what a known value, or one of several, tells apart. */
  void against(Object known) {
    if (known instanceof Collection<?> several) {
      several.forEach(this::against);
    } else if (known instanceof Map<?, ?> keyed) {
      keyed.keySet().forEach(this::against);
    } else if (type.equals(SimpleType.INT) && known instanceof Number number) {
      whole(number);
    } else if (type.equals(SimpleType.DOUBLE) && known instanceof Number number) {
      real(number.doubleValue());
    } else if (type.equals(SimpleType.STRING) && known instanceof String text) {
      values.add(text);
      values.add(text + '\0');
    }
  }

  int count() {
    return values.size();
  }

  Set<Object> values() {
    return values;
  }

  private void whole(Number known) {
    // The whole numbers around a real one; beyond 64 bits they saturate, and so does the fact.
    long nearest = known instanceof Double real ? (long) Math.floor(real) : known.longValue();
    for (long value = nearest; value <= nearest + 2 && value >= nearest; value++) {
      values.add(value);
    }
    if (nearest > Long.MIN_VALUE) {
      values.add(nearest - 1);
    }
  }

  private void real(double known) {
    for (double value : new double[] {known, Math.nextUp(known), Math.nextDown(known)}) {
      if (Double.isFinite(value)) {
        values.add(value);
      }
    }
  }
}
