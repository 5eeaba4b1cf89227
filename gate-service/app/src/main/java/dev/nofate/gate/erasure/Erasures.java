package dev.nofate.gate.erasure;

import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.audit.contract.AppendRequest;
import dev.nofate.audit.contract.EventType;
import dev.nofate.audit.contract.NewEvent;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.id.DerivedId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Erases contents: first they go, together with a note that they went, then {@code content_erased}
 * is appended under an id that follows from the evaluation. What a crash leaves between the two is
 * finished by a repeat or by the sweeper.
 */
@ApplicationScoped
class Erasures {

  private final ErasureStore store;
  private final AuditLog audit;
  private final Subjects subjects;
  private final ErasureConfig config;
  private final InstantSource clock;

  Erasures(
      ErasureStore store,
      AuditLog audit,
      Subjects subjects,
      ErasureConfig config,
      InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.subjects = subjects;
    this.config = config;
    this.clock = clock;
  }

  /** Erases one evaluation's content, or says when it went; 404 for what is not the tenant's. */
  Uni<Erasure> one(TenantId tenant, UUID evaluation, UUID actor) {
    return store
        .erase(tenant, evaluation, actor, clock.instant())
        .chain(() -> store.find(tenant, evaluation))
        .map(found -> found.orElseThrow(ProblemException::notFound))
        .call(
            erasure -> erasure.recorded() ? Uni.createFrom().voidItem() : record(List.of(erasure)));
  }

  /** Erases the contents about a subject, within the bound of one request. */
  Uni<SubjectErased> subject(TenantId tenant, String label, UUID actor) {
    return round(tenant, subjects.digests(tenant, label), actor, 0, 0);
  }

  private Uni<SubjectErased> round(
      TenantId tenant, List<byte[]> digests, UUID actor, int round, int before) {
    return store
        .eraseSubject(tenant, digests, actor, clock.instant(), config.batchSize())
        .call(this::record)
        .chain(
            gone -> {
              int erased = before + gone.size();
              boolean complete = gone.size() < config.batchSize();
              return complete || round + 1 == config.batches()
                  ? Uni.createFrom().item(new SubjectErased(erased, complete))
                  : round(tenant, digests, actor, round + 1, erased);
            });
  }

  /** Appends the events of erasures, one append a tenant, and marks them. */
  Uni<Void> record(List<Erasure> erasures) {
    Map<TenantId, List<Erasure>> tenants =
        erasures.stream()
            .collect(
                Collectors.groupingBy(Erasure::tenant, LinkedHashMap::new, Collectors.toList()));
    return Multi.createFrom()
        .iterable(tenants.values())
        .onItem()
        .transformToUniAndConcatenate(
            batch ->
                audit
                    .appendAll(batch.stream().map(Erasures::request).toList())
                    .chain(
                        receipts ->
                            store.markRecorded(
                                batch.get(0).tenant(),
                                batch,
                                receipts.stream().map(AppendReceipt::lastSeq).toList())))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static AppendRequest request(Erasure erasure) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("reason", erasure.reason());
    erasure.actor().ifPresent(actor -> payload.put("actor", actor.toString()));
    return new AppendRequest(
        DerivedId.of("content-erased", erasure.tenant(), erasure.evaluation()),
        erasure.tenant(),
        List.of(new NewEvent(EventType.CONTENT_ERASED, erasure.evaluation(), payload)),
        null);
  }
}
