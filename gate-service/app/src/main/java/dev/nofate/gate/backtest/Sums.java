package dev.nofate.gate.backtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** What one request has examined so far; used by one thread at a time. */
final class Sums {

  private record Change(String recorded, String draft) implements Comparable<Change> {
    @Override
    public int compareTo(Change other) {
      int first = recorded.compareTo(other.recorded);
      return first != 0 ? first : draft.compareTo(other.draft);
    }
  }

  private final Map<Change, Integer> states = new TreeMap<>();
  private int examined;
  private int differing;
  private int erased;

  void erased() {
    examined++;
    erased++;
  }

  void compared(Comparison comparison) {
    examined++;
    differing += comparison.differs() ? 1 : 0;
    states.merge(new Change(comparison.recordedState(), comparison.draftState()), 1, Integer::sum);
  }

  int examined() {
    return examined;
  }

  void putInto(ObjectNode line) {
    line.put("examined", examined)
        .put("same", examined - differing - erased)
        .put("differing", differing)
        .put("erased", erased);
    ArrayNode array = line.putArray("states");
    states.forEach(
        (change, count) ->
            array
                .addObject()
                .put("recorded", change.recorded())
                .put("draft", change.draft())
                .put("count", count));
  }
}
