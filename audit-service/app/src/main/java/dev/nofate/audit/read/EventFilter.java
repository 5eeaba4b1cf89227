package dev.nofate.audit.read;

import dev.nofate.audit.contract.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Which events of a chain to read.
 *
 * @param after the {@code seq} to continue behind
 * @param limit most events to return
 * @param types none means all
 * @param subject null means any
 * @param from earliest time, or null
 * @param to time before which they lie, or null
 */
record EventFilter(
    long after, int limit, List<EventType> types, UUID subject, Instant from, Instant to) {

  EventFilter {
    types = List.copyOf(types);
  }
}
