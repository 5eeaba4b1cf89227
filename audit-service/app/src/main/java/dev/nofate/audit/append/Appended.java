package dev.nofate.audit.append;

import dev.nofate.audit.chain.Entry;
import java.util.List;

/**
 * An append that is durable.
 *
 * @param entries its events in their places
 * @param replayed whether the append id was known before
 */
record Appended(List<Entry> entries, boolean replayed) {
  Appended {
    entries = List.copyOf(entries);
  }
}
