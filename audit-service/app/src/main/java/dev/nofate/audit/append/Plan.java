package dev.nofate.audit.append;

import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A batch in its place: what one statement writes. All its events get the same time. An append id
 * that comes twice is written once.
 *
 * @param writes what is written, in order
 * @param early what is not, because its time has not come
 * @param known what is not, because its id was recorded before
 * @param behind the end of the chain that it was placed behind
 * @param head the end of the chain afterwards
 */
record Plan(
    List<Write> writes, List<Pending> early, List<Pending> known, Position behind, Position head) {

  /**
   * One append.
   *
   * @param pending who brought it; all but the first brought an id that was there
   */
  record Write(List<Pending> pending, List<Entry> entries) {
    UUID appendId() {
      return pending.get(0).draft().appendId();
    }

    String traceparent() {
      return pending.get(0).traceparent();
    }

    long firstSeq() {
      return entries.get(0).envelope().seq();
    }

    long lastSeq() {
      return entries.get(entries.size() - 1).envelope().seq();
    }

    void complete() {
      pending.get(0).recorded(entries);
      pending.subList(1, pending.size()).forEach(again -> again.replayed(entries));
    }
  }

  /**
   * Places a batch behind a head.
   *
   * @param recorded ids of the batch that the log knows
   */
  static Plan of(Position head, Collection<Pending> batch, Set<UUID> recorded, Instant now) {
    Instant at = head.timeOfNext(now);
    List<Pending> early = new ArrayList<>();
    List<Pending> known = new ArrayList<>();
    Map<UUID, List<Pending>> byId = new LinkedHashMap<>();
    for (Pending pending : batch) {
      Draft draft = pending.draft();
      if (recorded.contains(draft.appendId())) {
        known.add(pending);
      } else if (at.isBefore(draft.notBefore())) {
        early.add(pending);
      } else {
        byId.computeIfAbsent(draft.appendId(), id -> new ArrayList<>()).add(pending);
      }
    }
    List<Write> writes = new ArrayList<>();
    Position end = head;
    for (List<Pending> same : byId.values()) {
      List<Entry> entries = new ArrayList<>();
      for (Draft.Item item : same.get(0).draft().events()) {
        Entry entry = end.next(at, item.type(), item.subject(), item.payload());
        entries.add(entry);
        end = Position.behind(entry);
      }
      writes.add(new Write(same, entries));
    }
    return new Plan(writes, early, known, head, end);
  }

  List<Entry> entries() {
    return writes.stream().flatMap(write -> write.entries().stream()).toList();
  }
}
