package dev.nofate.gate.evaluate;

import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.engine.Reason;
import dev.nofate.gate.engine.RulesetIdentity;
import dev.nofate.gate.engine.RulesetReference;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.engine.json.Octets;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The rows of {@code evaluations} and {@code evaluation_contents}. */
@ApplicationScoped
class EvaluationStore {

  /** What is to be stored: a decision with its place in the chain and its answer. */
  record Entry(Draft draft, AppendReceipt receipt, byte[] answer) {}

  private final TenantDb db;
  private final EvaluationMetrics metrics;

  EvaluationStore(TenantDb db, EvaluationMetrics metrics) {
    this.db = db;
    this.metrics = metrics;
  }

  /**
   * Stores a tenant's evaluations and, being their idempotency records, the answers to repeats: one
   * statement each, sent together. What is stored already stays, and so does what was erased.
   */
  Uni<Void> insert(List<Entry> entries) {
    TenantId tenant = entries.get(0).draft().call().tenant();
    return db.executeBatch(
            tenant,
            """
            WITH stored AS (
              INSERT INTO evaluations
                (tenant_id, evaluation_id, received_at, direction, state, gate, code, ruleset_name,
                 ruleset_version, ruleset_digest, decision_digest, request_commitment, first_seq,
                 last_seq)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
              ON CONFLICT DO NOTHING
              RETURNING tenant_id, evaluation_id, received_at)
            INSERT INTO evaluation_contents
              (tenant_id, evaluation_id, received_at, salt, request, answer, subject)
            SELECT tenant_id, evaluation_id, received_at, $15, $16, $17, $18 FROM stored
            """,
            entries.stream().map(EvaluationStore::columns).toList())
        .invoke(() -> metrics.stored(entries))
        .replaceWithVoid();
  }

  Uni<Optional<StoredEvaluation>> find(TenantId tenant, UUID evaluation) {
    return find(tenant, List.of(evaluation))
        .map(found -> Optional.ofNullable(found.get(evaluation)));
  }

  /** Those of the tenant's evaluations that are stored, by id. */
  Uni<Map<UUID, StoredEvaluation>> find(TenantId tenant, Collection<UUID> evaluations) {
    return db.execute(
            tenant,
            """
            SELECT e.evaluation_id, e.direction, e.received_at, e.state, e.ruleset_name,
                   e.ruleset_version, e.decision_digest, e.request_commitment,
                   c.salt, c.request, c.answer
            FROM evaluations e LEFT JOIN evaluation_contents c USING (tenant_id, evaluation_id)
            WHERE e.tenant_id = $1 AND e.evaluation_id = ANY ($2)
            """,
            Tuple.tuple().addUUID(tenant.value()).addArrayOfUUID(evaluations.toArray(UUID[]::new)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(EvaluationStore::stored)
                    .collect(Collectors.toMap(StoredEvaluation::evaluation, Function.identity())));
  }

  private static Tuple columns(Entry entry) {
    Call call = entry.draft().call();
    Decision decision = entry.draft().decision();
    RulesetIdentity ruleset = decision.ruleset().orElse(null);
    Reason reason = decision.reason().orElse(null);
    return Tuple.tuple()
        .addUUID(call.tenant().value())
        .addUUID(call.evaluation())
        .addOffsetDateTime(OffsetDateTime.parse(decision.receivedAt()))
        .addString(call.direction().wireName())
        .addString(decision.state().name())
        .addString(reason == null ? null : reason.gate().wireName())
        .addString(reason == null ? null : reason.code().name())
        .addString(ruleset == null ? null : ruleset.name())
        .addInteger(ruleset == null ? null : ruleset.version())
        .addString(ruleset == null ? null : ruleset.digest())
        .addString(decision.decisionDigest())
        .addString(decision.commitment())
        .addLong(entry.receipt().firstSeq())
        .addLong(entry.receipt().lastSeq())
        .addBuffer(Buffer.buffer(entry.draft().salt().toByteArray()))
        .addBuffer(Buffer.buffer(call.body()))
        .addBuffer(Buffer.buffer(entry.answer()))
        .addValue(
            call.subject()
                .map(subject -> Buffer.buffer(subject.toByteArray()).getDelegate())
                .orElse(null));
  }

  private static StoredEvaluation stored(Row row) {
    String ruleset = row.getString("ruleset_name");
    Buffer salt = row.getBuffer("salt");
    return new StoredEvaluation(
        row.getUUID("evaluation_id"),
        Direction.valueOf(row.getString("direction").toUpperCase(Locale.ROOT)),
        Micros.text(row.getOffsetDateTime("received_at").toInstant()),
        State.valueOf(row.getString("state")),
        ruleset == null
            ? Optional.empty()
            : Optional.of(new RulesetReference.Version(ruleset, row.getInteger("ruleset_version"))),
        row.getString("decision_digest"),
        row.getString("request_commitment"),
        salt == null
            ? Optional.empty()
            : Optional.of(
                new StoredEvaluation.Content(
                    Octets.of(salt.getBytes()),
                    row.getBuffer("request").getBytes(),
                    row.getBuffer("answer").getBytes())));
  }
}
