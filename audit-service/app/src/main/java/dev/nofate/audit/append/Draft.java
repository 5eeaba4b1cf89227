package dev.nofate.audit.append;

import dev.nofate.audit.chain.Payload;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An append that was understood and is within its limits.
 *
 * @param notBefore earliest time its events may get, or {@link Instant#MIN}
 */
record Draft(UUID appendId, UUID tenant, List<Item> events, Instant notBefore) {

  /** An event without its place. */
  record Item(String type, UUID subject, Payload payload) {}

  Draft {
    events = List.copyOf(events);
  }

  long bytes() {
    return events.stream().mapToLong(event -> event.payload().bytes()).sum();
  }
}
