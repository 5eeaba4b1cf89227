package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.engine.Reading;
import dev.nofate.gate.engine.json.Octets;
import dev.nofate.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The items of one batch in their order, with what is known of each so far. */
final class BatchSlots {

  /** One item; its key is good, its call is known once its request was read. */
  static final class Slot {
    private final int index;
    private final BatchItem item;
    private final IdempotencyKey key;
    private final UUID evaluation;
    private Call call;

    private Slot(int index, BatchItem item, IdempotencyKey key, UUID evaluation) {
      this.index = index;
      this.item = item;
      this.key = key;
      this.evaluation = evaluation;
    }

    BatchItem item() {
      return item;
    }

    Call call(TenantId tenant, Optional<Octets> subject, Reading reading) {
      call = new Call(tenant, key, evaluation, Direction.FORWARD, item.request(), subject, reading);
      return call;
    }
  }

  private final BatchResult[] unreadable;
  private final List<Slot> slots = new ArrayList<>();

  BatchSlots(TenantId tenant, List<BatchItem> items) {
    unreadable = new BatchResult[items.size()];
    for (int i = 0; i < items.size(); i++) {
      try {
        IdempotencyKey key = IdempotencyKey.ofItem(items.get(i).key());
        slots.add(new Slot(i, items.get(i), key, key.evaluation(tenant)));
      } catch (ProblemException e) {
        unreadable[i] = new BatchResult.Refused(e);
      }
    }
  }

  /** Items with a usable key. */
  List<Slot> readable() {
    return slots;
  }

  /** The distinct evaluations asked for. */
  List<UUID> evaluations() {
    return slots.stream().map(slot -> slot.evaluation).distinct().toList();
  }

  /** The first call of each key. */
  List<Call> firsts(List<Call> calls) {
    Map<UUID, Call> firsts = new LinkedHashMap<>();
    calls.forEach(call -> firsts.putIfAbsent(call.evaluation(), call));
    return List.copyOf(firsts.values());
  }

  /** Evaluations that more than one item asks for. */
  List<UUID> repeated() {
    List<UUID> all = new ArrayList<>(slots.stream().map(slot -> slot.evaluation).toList());
    evaluations().forEach(all::remove);
    return all.stream().distinct().toList();
  }

  /**
   * A result for each item in order.
   *
   * @param settled the result of each key's first item
   * @param stored the rows that further items of a key repeat; a key without one shares the first
   *     item's refusal
   */
  List<BatchResult> results(Map<UUID, BatchResult> settled, Map<UUID, StoredEvaluation> stored) {
    BatchResult[] results = unreadable.clone();
    Map<UUID, Slot> firsts = new LinkedHashMap<>();
    for (Slot slot : slots) {
      StoredEvaluation row = stored.get(slot.evaluation);
      boolean first = firsts.putIfAbsent(slot.evaluation, slot) == null;
      results[slot.index] =
          first || row == null
              ? settled.get(slot.evaluation)
              : BatchResult.of(() -> Evaluations.repeat(slot.call, row));
    }
    return Arrays.asList(results);
  }
}
