package dev.nofate.gate.evaluate;

import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import dev.nofate.gate.engine.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/** Lists of evaluations. */
@ApplicationScoped
class EvaluationHistory {

  private final TenantDb db;

  EvaluationHistory(TenantDb db) {
    this.db = db;
  }

  Uni<Page<EvaluationSummary>> list(TenantId tenant, EvaluationFilter.Checked filter) {
    EvaluationCursor after = filter.after();
    return db.execute(
            tenant,
            """
            SELECT evaluation_id, received_at, direction, state, gate, code, ruleset_name, ruleset_version,
                   decision_digest,
                   EXISTS (
                     SELECT 1 FROM erasures x
                     WHERE x.tenant_id = e.tenant_id AND x.evaluation_id = e.evaluation_id)
                     AS content_erased
            FROM evaluations e
            WHERE tenant_id = $1
              AND ($2::text IS NULL OR state = $2)
              AND ($3::text IS NULL OR gate = $3)
              AND ($4::text IS NULL OR ruleset_name = $4)
              AND ($5::timestamptz IS NULL OR received_at >= $5)
              AND ($6::timestamptz IS NULL OR received_at < $6)
              AND ($10::text IS NULL OR code = $10)
              AND ($11::text IS NULL OR direction = $11)
              AND ($7::timestamptz IS NULL OR (received_at, evaluation_id) < ($7, $8::uuid))
            ORDER BY received_at DESC, evaluation_id DESC LIMIT $9
            """,
            Tuple.tuple()
                .addUUID(tenant.value())
                .addString(filter.state())
                .addString(filter.gate())
                .addString(filter.ruleset())
                .addOffsetDateTime(filter.from())
                .addOffsetDateTime(filter.to())
                .addOffsetDateTime(after == null ? null : after.receivedAt())
                .addUUID(after == null ? null : after.evaluation())
                .addInteger(filter.limit() + 1)
                .addString(filter.code())
                .addString(filter.direction()))
        .map(
            rows -> page(StreamSupport.stream(rows.spliterator(), false).toList(), filter.limit()));
  }

  private static Page<EvaluationSummary> page(List<Row> rows, int limit) {
    List<Row> items = rows.size() > limit ? rows.subList(0, limit) : rows;
    Row last = rows.size() > limit ? items.get(limit - 1) : null;
    return new Page<>(
        items.stream().map(EvaluationHistory::summary).toList(),
        last == null
            ? null
            : new EvaluationCursor(
                    last.getOffsetDateTime("received_at"), last.getUUID("evaluation_id"))
                .text());
  }

  private static EvaluationSummary summary(Row row) {
    String ruleset = row.getString("ruleset_name");
    return new EvaluationSummary(
        row.getUUID("evaluation_id"),
        Micros.text(row.getOffsetDateTime("received_at").toInstant()),
        row.getString("direction"),
        State.valueOf(row.getString("state")),
        row.getString("gate"),
        row.getString("code"),
        ruleset == null ? null : ruleset + "@" + row.getInteger("ruleset_version"),
        row.getString("decision_digest"),
        row.getBoolean("content_erased"));
  }
}
