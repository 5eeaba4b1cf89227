package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Single evaluations with all that is kept of them. */
@ApplicationScoped
public class EvaluationRecords {

  private final TenantDb db;

  EvaluationRecords(TenantDb db) {
    this.db = db;
  }

  /** The tenant's evaluation of this id; empty for what is missing and what is foreign. */
  public Uni<Optional<EvaluationRecord>> find(TenantId tenant, UUID evaluation) {
    return db.execute(
            tenant,
            """
            SELECT e.evaluation_id, e.received_at, e.direction, e.state, e.gate, e.code,
                   e.ruleset_name, e.ruleset_version, e.decision_digest, e.ruleset_digest,
                   e.request_commitment, e.first_seq, e.last_seq, c.request, c.answer,
                   c.answer IS NULL AS content_erased
            FROM evaluations e LEFT JOIN evaluation_contents c USING (tenant_id, evaluation_id)
            WHERE e.tenant_id = $1 AND e.evaluation_id = $2
            """,
            Tuple.of(tenant.value(), evaluation))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .findFirst()
                    .map(EvaluationRecords::record));
  }

  private static EvaluationRecord record(Row row) {
    Buffer answer = row.getBuffer("answer");
    return new EvaluationRecord(
        EvaluationHistory.summary(row),
        row.getString("ruleset_digest"),
        row.getString("request_commitment"),
        row.getLong("first_seq"),
        row.getLong("last_seq"),
        answer == null
            ? Optional.empty()
            : Optional.of(
                new EvaluationRecord.Content(
                    row.getBuffer("request").getBytes(), answer.getBytes())));
  }
}
