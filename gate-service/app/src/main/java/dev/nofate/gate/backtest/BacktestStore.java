package dev.nofate.gate.backtest;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.engine.json.Octets;
import dev.nofate.gate.evaluate.EvaluationCursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads stored evaluations of one ruleset, oldest first. */
@ApplicationScoped
class BacktestStore {

  /**
   * A stored evaluation.
   *
   * @param at its place in the order of the range
   * @param direction which way it was evaluated
   * @param content empty after erasure
   */
  record Past(EvaluationCursor at, Direction direction, Optional<Content> content) {}

  /** The commitment's key, the body as received, the answer's bytes. */
  record Content(Octets salt, byte[] request, byte[] answer) {}

  private final TenantDb db;

  BacktestStore(TenantDb db) {
    this.db = db;
  }

  /** Evaluations that a version of the ruleset decided, received within the range. */
  Uni<List<Past>> page(
      TenantId tenant,
      String ruleset,
      BacktestRange.Checked range,
      EvaluationCursor behind,
      int size) {
    return db.execute(
            tenant,
            """
            SELECT e.evaluation_id, e.received_at, e.direction, c.salt, c.request, c.answer
            FROM evaluations e LEFT JOIN evaluation_contents c USING (tenant_id, evaluation_id)
            WHERE e.tenant_id = $1 AND e.ruleset_name = $2
              AND e.received_at >= $3 AND e.received_at < $4
              AND (e.received_at, e.evaluation_id) > ($5, $6::uuid)
            ORDER BY e.received_at, e.evaluation_id LIMIT $7
            """,
            Tuple.tuple()
                .addUUID(tenant.value())
                .addString(ruleset)
                .addOffsetDateTime(range.from())
                .addOffsetDateTime(range.to())
                .addOffsetDateTime(behind.receivedAt())
                .addUUID(behind.evaluation())
                .addInteger(size))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(BacktestStore::past).toList());
  }

  private static Past past(Row row) {
    Buffer salt = row.getBuffer("salt");
    return new Past(
        new EvaluationCursor(row.getOffsetDateTime("received_at"), row.getUUID("evaluation_id")),
        Direction.valueOf(row.getString("direction").toUpperCase(Locale.ROOT)),
        salt == null
            ? Optional.empty()
            : Optional.of(
                new Content(
                    Octets.of(salt.getBytes()),
                    row.getBuffer("request").getBytes(),
                    row.getBuffer("answer").getBytes())));
  }
}
