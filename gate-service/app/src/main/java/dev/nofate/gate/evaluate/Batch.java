package dev.nofate.gate.evaluate;

import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.audit.contract.AppendRequest;
import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.admission.Admission;
import dev.nofate.gate.admission.Demand;
import dev.nofate.gate.admission.RefusalLog;
import dev.nofate.gate.admission.Ticket;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.engine.RulesetReference;
import dev.nofate.gate.engine.VersionedRuleset;
import dev.nofate.gate.engine.json.Octets;
import dev.nofate.gate.standing.Standings;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Evaluations that come together: each is admitted, decided, recorded and stored as a single one
 * would be, with one append and one look into each store for all of them.
 */
@ApplicationScoped
class Batch {

  /** The items' results in their order, with what the transport says beside them. */
  record Passage(List<BatchResult> results, Ticket ticket) {}

  private final Admission admission;
  private final Standings standings;
  private final RefusalLog refusals;
  private final Evaluations evaluations;
  private final EvaluationStore store;
  private final Decider decider;
  private final AuditLog audit;

  Batch(
      Admission admission,
      Standings standings,
      RefusalLog refusals,
      Evaluations evaluations,
      EvaluationStore store,
      Decider decider,
      AuditLog audit) {
    this.admission = admission;
    this.standings = standings;
    this.refusals = refusals;
    this.evaluations = evaluations;
    this.store = store;
    this.decider = decider;
    this.audit = audit;
  }

  Uni<Passage> enter(Caller caller, List<BatchItem> items, Optional<Octets> subject) {
    TenantId tenant = caller.tenant();
    long bytes = items.stream().mapToLong(item -> item.request().length).sum();
    BatchSlots slots = new BatchSlots(tenant, items);
    Uni<Passage> work =
        admission
            .admit(new Demand(caller, slots.evaluations(), items.size(), bytes))
            .invoke(ticket -> refuseAboveLimit(tenant, ticket, items.size()))
            .chain(
                ticket ->
                    answer(tenant, slots, subject, ticket)
                        .onFailure()
                        .call(() -> release(tenant, slots.evaluations(), ticket)));
    return Door.uncancellable(work);
  }

  private Uni<Passage> answer(
      TenantId tenant, BatchSlots slots, Optional<Octets> subject, Ticket ticket) {
    return Multi.createFrom()
        .iterable(slots.readable())
        .onItem()
        .transformToUniAndConcatenate(
            slot ->
                decider
                    .read(slot.item().request(), Direction.FORWARD)
                    .map(reading -> slot.call(tenant, subject, reading)))
        .collect()
        .asList()
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .chain(calls -> settle(tenant, slots.firsts(calls), ticket))
        .chain(settled -> repeats(tenant, slots, settled))
        .map(results -> new Passage(results, ticket));
  }

  /** One result for each distinct key. */
  private Uni<Map<UUID, BatchResult>> settle(TenantId tenant, List<Call> calls, Ticket ticket) {
    return Uni.combine()
        .all()
        .unis(
            store.find(tenant, calls.stream().map(Call::evaluation).toList()),
            standings.suspended(tenant))
        .asTuple()
        // A hundred short decisions are a long one.
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .chain(
            known -> {
              Map<UUID, BatchResult> results = new LinkedHashMap<>();
              List<Call> open = new ArrayList<>();
              for (Call call : calls) {
                early(call, known.getItem1().get(call.evaluation()), ticket, known.getItem2())
                    .ifPresentOrElse(
                        result -> results.put(call.evaluation(), result), () -> open.add(call));
              }
              return decide(tenant, open)
                  .invoke(results::putAll)
                  .call(() -> hints(tenant, calls, ticket, results))
                  .replaceWith(results);
            });
  }

  /** The result of a call that is not to be decided. */
  private Optional<BatchResult> early(
      Call call, StoredEvaluation row, Ticket ticket, boolean suspended) {
    if (row != null) {
      return Optional.of(BatchResult.of(() -> Evaluations.repeat(call, row)));
    }
    if (ticket.hint(call.evaluation()) == Ticket.Hint.RUNNING) {
      return Optional.of(
          new BatchResult.Refused(new ProblemException(ErrorCode.IN_PROGRESS, null)));
    }
    if (suspended) {
      refusals.count(call.tenant(), EventType.BILLING_HOLD);
      return Optional.of(new BatchResult.Refused(Door.refusal(ErrorCode.BILLING_HOLD)));
    }
    return Optional.empty();
  }

  private Uni<Map<UUID, BatchResult>> decide(TenantId tenant, List<Call> calls) {
    Map<UUID, BatchResult> results = new HashMap<>();
    Map<Optional<RulesetReference>, Uni<Optional<VersionedRuleset>>> rulesets = new HashMap<>();
    return Multi.createFrom()
        .iterable(calls)
        .onItem()
        .transformToUniAndConcatenate(
            call ->
                rulesets
                    .computeIfAbsent(
                        call.reading().rulesetReference(),
                        named -> decider.ruleset(tenant, named).memoize().indefinitely())
                    .chain(ruleset -> evaluations.draft(call, ruleset))
                    .map(Optional::of)
                    .onFailure(ProblemException.class)
                    .invoke(e -> results.put(call.evaluation(), refused(e)))
                    .onFailure(ProblemException.class)
                    .recoverWithItem(Optional.empty()))
        .select()
        .where(Optional::isPresent)
        .map(Optional::get)
        .collect()
        .asList()
        .chain(drafts -> record(tenant, drafts).invoke(results::putAll))
        .replaceWith(results);
  }

  /** One append for all, then one trip to the database for those that the log did not know. */
  private Uni<Map<UUID, BatchResult>> record(TenantId tenant, List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return audit
        .appendAll(drafts.stream().map(draft -> request(tenant, draft)).toList())
        .chain(receipts -> keep(drafts, receipts))
        .onFailure(ProblemException.class)
        .recoverWithItem(e -> all(drafts, refused(e)));
  }

  private Uni<Map<UUID, BatchResult>> keep(List<Draft> drafts, List<AppendReceipt> receipts) {
    List<EvaluationStore.Entry> fresh = new ArrayList<>();
    Map<Call, AppendReceipt> known = new LinkedHashMap<>();
    for (int i = 0; i < drafts.size(); i++) {
      if (receipts.get(i).replayed()) {
        known.put(drafts.get(i).call(), receipts.get(i));
      } else {
        fresh.add(evaluations.entry(drafts.get(i), receipts.get(i)));
      }
    }
    Map<UUID, BatchResult> results = new HashMap<>();
    return (fresh.isEmpty() ? Uni.createFrom().voidItem() : evaluations.keep(fresh))
        .onItemOrFailure()
        .invoke((done, failure) -> fresh.forEach(entry -> put(results, entry, failure)))
        .onFailure()
        .recoverWithNull()
        .chain(() -> recover(known))
        .invoke(results::putAll)
        .replaceWith(results);
  }

  private Uni<Map<UUID, BatchResult>> recover(Map<Call, AppendReceipt> known) {
    return Multi.createFrom()
        .iterable(known.entrySet())
        .onItem()
        .transformToUniAndConcatenate(
            entry ->
                evaluations
                    .recover(entry.getKey(), entry.getValue())
                    .<BatchResult>map(BatchResult.Answered::new)
                    .onFailure(ProblemException.class)
                    .recoverWithItem(Batch::refused)
                    .map(result -> Map.entry(entry.getKey().evaluation(), result)))
        .collect()
        .asMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  /** Items whose key came before in the batch are repeats of it. */
  private Uni<List<BatchResult>> repeats(
      TenantId tenant, BatchSlots slots, Map<UUID, BatchResult> settled) {
    List<UUID> repeated = slots.repeated();
    return (repeated.isEmpty()
            ? Uni.createFrom().item(Map.<UUID, StoredEvaluation>of())
            : store.find(tenant, repeated))
        .map(stored -> slots.results(settled, stored));
  }

  private Uni<Void> hints(
      TenantId tenant, List<Call> calls, Ticket ticket, Map<UUID, BatchResult> results) {
    List<UUID> refused = new ArrayList<>();
    for (Call call : calls) {
      if (results.get(call.evaluation()) instanceof BatchResult.Answered) {
        admission.answered(tenant, call.evaluation());
      } else {
        refused.add(call.evaluation());
      }
    }
    return release(tenant, refused, ticket);
  }

  private Uni<Void> release(TenantId tenant, List<UUID> evaluations, Ticket ticket) {
    return admission.released(
        tenant,
        evaluations.stream()
            .filter(evaluation -> ticket.hint(evaluation) == Ticket.Hint.FRESH)
            .toList());
  }

  private void refuseAboveLimit(TenantId tenant, Ticket ticket, int items) {
    if (ticket.exceeded()) {
      for (int i = 0; i < items; i++) {
        refusals.count(tenant, EventType.RATE_LIMIT_EXCEEDED);
      }
      throw RateLimitHeaders.on(Door.refusal(ErrorCode.RATE_LIMIT_EXCEEDED), ticket);
    }
  }

  private static void put(
      Map<UUID, BatchResult> results, EvaluationStore.Entry entry, Throwable failure) {
    results.put(
        entry.draft().call().evaluation(),
        failure == null
            ? new BatchResult.Answered(new Answer(entry.answer(), false))
            : refused(failure));
  }

  private static AppendRequest request(TenantId tenant, Draft draft) {
    return new AppendRequest(draft.call().evaluation(), tenant, draft.events(), null);
  }

  private static Map<UUID, BatchResult> all(List<Draft> drafts, BatchResult result) {
    Map<UUID, BatchResult> results = new HashMap<>();
    drafts.forEach(draft -> results.put(draft.call().evaluation(), result));
    return results;
  }

  private static BatchResult refused(Throwable failure) {
    return failure instanceof ProblemException problem
        ? new BatchResult.Refused(problem)
        : new BatchResult.Refused(new ProblemException(ErrorCode.INTERNAL_ERROR, null));
  }
}
