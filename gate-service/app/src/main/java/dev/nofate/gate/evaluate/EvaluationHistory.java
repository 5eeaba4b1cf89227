package dev.nofate.gate.evaluate;

import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import dev.nofate.gate.engine.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/** Lists of evaluations. */
@ApplicationScoped
class EvaluationHistory {

  private final TenantDb db;
  private final EvaluateConfig config;

  EvaluationHistory(TenantDb db, EvaluateConfig config) {
    this.db = db;
    this.config = config;
  }

  Uni<Page<EvaluationSummary>> list(TenantId tenant, EvaluationFilter.Checked filter) {
    HistoryQuery query = HistoryQuery.of(tenant, filter, config.historyWalk());
    return run(tenant, query.rows())
        .map(rows -> page(rows, filter.limit()))
        .chain(
            page -> page.next() == null ? goOn(tenant, page, query) : Uni.createFrom().item(page));
  }

  /** A walk that reached its bound goes on behind the last row it looked at. */
  private Uni<Page<EvaluationSummary>> goOn(
      TenantId tenant, Page<EvaluationSummary> page, HistoryQuery query) {
    return query
        .end()
        .map(
            end ->
                run(tenant, end)
                    .map(
                        rows ->
                            rows.isEmpty() ? page : new Page<>(page.items(), cursor(rows.get(0)))))
        .orElseGet(() -> Uni.createFrom().item(page));
  }

  private Uni<List<Row>> run(TenantId tenant, HistoryQuery.Sql sql) {
    return db.execute(tenant, sql.text(), sql.parameters())
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
  }

  private static Page<EvaluationSummary> page(List<Row> rows, int limit) {
    List<Row> items = rows.size() > limit ? rows.subList(0, limit) : rows;
    Row last = rows.size() > limit ? items.get(limit - 1) : null;
    return new Page<>(
        items.stream().map(EvaluationHistory::summary).toList(),
        last == null ? null : cursor(last));
  }

  private static String cursor(Row row) {
    return new EvaluationCursor(row.getOffsetDateTime("received_at"), row.getUUID("evaluation_id"))
        .text();
  }

  static EvaluationSummary summary(Row row) {
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
