package dev.nofate.audit.chain;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A place between two events of a chain: behind the event {@code seq}.
 *
 * @param tenant whose chain
 * @param seq number of events in front of this place; 0 at the start
 * @param hash hash of the last of them, or the genesis hash
 * @param at time of the last of them, or null at the start
 */
public record Position(UUID tenant, long seq, ChainHash hash, Instant at) {

  public Position {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(hash, "hash");
    if (seq < 0 || (seq == 0) != (at == null)) {
      throw new IllegalArgumentException("a position has a time exactly when events precede it");
    }
    if (seq == 0 && !hash.equals(ChainHash.genesis(tenant))) {
      throw new IllegalArgumentException("a chain starts at its tenant's genesis hash");
    }
  }

  /** In front of a tenant's first event. */
  public static Position genesis(UUID tenant) {
    return new Position(tenant, 0, ChainHash.genesis(tenant), null);
  }

  /** The time that an event recorded here at {@code now} gets: it never goes back. */
  public Instant timeOfNext(Instant now) {
    Instant candidate = EventTime.truncated(now);
    return at == null || candidate.isAfter(at) ? candidate : at;
  }

  /**
   * The event that follows here.
   *
   * @param time when it is recorded
   * @throws IllegalArgumentException when the time is before this position's
   */
  public Entry next(Instant time, String type, UUID subject, Payload payload) {
    if (at != null && time.isBefore(at)) {
      throw new IllegalArgumentException("time goes back");
    }
    Envelope envelope = new Envelope(time, payload, seq + 1, subject, tenant, type);
    return new Entry(envelope, ChainHash.next(hash, envelope));
  }

  /** The position behind an event. */
  public static Position behind(Entry entry) {
    Envelope envelope = entry.envelope();
    return new Position(envelope.tenant(), envelope.seq(), entry.hash(), envelope.at());
  }
}
