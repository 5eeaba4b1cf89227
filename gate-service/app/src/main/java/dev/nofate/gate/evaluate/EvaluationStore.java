package dev.nofate.gate.evaluate;

import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Reason;
import dev.nofate.gate.engine.RulesetIdentity;
import dev.nofate.gate.engine.json.Octets;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The rows of {@code evaluations} and {@code evaluation_contents}. */
@ApplicationScoped
class EvaluationStore {

  private final Pool db;

  EvaluationStore(Pool db) {
    this.db = db;
  }

  /**
   * Stores an evaluation and, being its idempotency record, the answer to repeats: one statement.
   * What is stored already stays.
   */
  Uni<Void> insert(
      Call call, Decision decision, AppendReceipt receipt, Octets salt, byte[] answer) {
    RulesetIdentity ruleset = decision.ruleset().orElse(null);
    Reason reason = decision.reason().orElse(null);
    return db.preparedQuery(
            """
            WITH content AS (
              INSERT INTO evaluation_contents
                (tenant_id, evaluation_id, received_at, salt, request, answer)
              VALUES ($1, $2, $3, $14, $15, $16) ON CONFLICT DO NOTHING)
            INSERT INTO evaluations
              (tenant_id, evaluation_id, received_at, direction, state, gate, code, ruleset_name,
               ruleset_version, ruleset_digest, decision_digest, request_commitment, first_seq,
               last_seq)
            VALUES ($1, $2, $3, 'forward', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT DO NOTHING
            """)
        .execute(
            Tuple.tuple()
                .addUUID(call.tenant().value())
                .addUUID(call.evaluation())
                .addOffsetDateTime(OffsetDateTime.parse(decision.receivedAt()))
                .addString(decision.state().name())
                .addString(reason == null ? null : reason.gate().wireName())
                .addString(reason == null ? null : reason.code().name())
                .addString(ruleset == null ? null : ruleset.name())
                .addInteger(ruleset == null ? null : ruleset.version())
                .addString(ruleset == null ? null : ruleset.digest())
                .addString(decision.decisionDigest())
                .addString(decision.commitment())
                .addLong(receipt.firstSeq())
                .addLong(receipt.lastSeq())
                .addBuffer(Buffer.buffer(salt.toByteArray()))
                .addBuffer(Buffer.buffer(call.body()))
                .addBuffer(Buffer.buffer(answer)))
        .replaceWithVoid();
  }

  Uni<Optional<StoredEvaluation>> find(TenantId tenant, UUID evaluation) {
    return db.preparedQuery(
            """
            SELECT e.request_commitment, c.salt, c.answer
            FROM evaluations e LEFT JOIN evaluation_contents c USING (tenant_id, evaluation_id)
            WHERE e.tenant_id = $1 AND e.evaluation_id = $2
            """)
        .execute(Tuple.of(tenant.value(), evaluation))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .findFirst()
                    .map(EvaluationStore::stored));
  }

  private static StoredEvaluation stored(Row row) {
    Buffer salt = row.getBuffer("salt");
    Buffer answer = row.getBuffer("answer");
    return new StoredEvaluation(
        row.getString("request_commitment"),
        salt == null ? null : Octets.of(salt.getBytes()),
        answer == null ? null : answer.getBytes());
  }
}
