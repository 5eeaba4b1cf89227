package dev.nofate.gate.contract;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items at most {@code limit} items
 * @param next the value for {@code after} that continues the list, or null at its end
 */
public record Page<T>(List<T> items, String next) {
  public Page {
    items = List.copyOf(items);
  }
}
