package dev.nofate.billing.price;

import static dev.nofate.billing.postgres.Sql.instant;
import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.postgres.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** The price book: versions are added, never changed. */
@ApplicationScoped
public class PriceBook {

  private static final String INSERT_FIRST =
      """
      INSERT INTO price_book (version, effective_from, nanousd_per_mib_in, nanousd_per_mib_out,
        nanousd_per_gate, nanousd_per_audit_event, recorded_at)
      VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())
      ON CONFLICT DO NOTHING
      """;

  private static final String AT =
      """
      SELECT version, effective_from, nanousd_per_mib_in, nanousd_per_mib_out, nanousd_per_gate,
        nanousd_per_audit_event
      FROM price_book WHERE effective_from <= $1
      ORDER BY effective_from DESC LIMIT 1
      """;

  private static final String NEWEST =
      """
      SELECT version, effective_from, nanousd_per_mib_in, nanousd_per_mib_out, nanousd_per_gate,
        nanousd_per_audit_event
      FROM price_book ORDER BY version DESC LIMIT $1
      """;

  /** Writes the first version unless the book has one; answers whether it did. */
  Uni<Boolean> open(SqlClient client, Prices first) {
    return client
        .preparedQuery(INSERT_FIRST)
        .execute(
            Tuple.of(
                first.version(),
                utc(first.effectiveFrom()),
                first.perMibIn(),
                first.perMibOut(),
                first.perGate(),
                first.perAuditEvent()))
        .map(rows -> rows.rowCount() == 1);
  }

  /** The version that prices a period starting then. */
  public Uni<Prices> at(SqlClient client, Instant periodStart) {
    return client
        .preparedQuery(AT)
        .execute(Tuple.of(utc(periodStart)))
        .map(
            rows ->
                Sql.first(rows, PriceBook::prices)
                    .orElseThrow(() -> new IllegalStateException("no price for the period")));
  }

  /** The newest versions, newest first. */
  Uni<List<Prices>> newest(SqlClient client, int limit) {
    return client
        .preparedQuery(NEWEST)
        .execute(Tuple.of(limit))
        .map(rows -> Sql.all(rows, PriceBook::prices));
  }

  private static Prices prices(Row row) {
    return new Prices(
        row.getLong("version"),
        instant(row, "effective_from"),
        row.getLong("nanousd_per_mib_in"),
        row.getLong("nanousd_per_mib_out"),
        row.getLong("nanousd_per_gate"),
        row.getLong("nanousd_per_audit_event"));
  }
}
