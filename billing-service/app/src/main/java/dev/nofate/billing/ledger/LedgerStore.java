package dev.nofate.billing.ledger;

import static dev.nofate.billing.postgres.Sql.instant;
import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.contract.UsageReport;
import dev.nofate.billing.postgres.Sql;
import dev.nofate.billing.price.Rating.Rated;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The entries of the ledger: added and read, nothing else. */
@ApplicationScoped
public class LedgerStore {

  private static final String ENTRIES =
      """
      SELECT l.tenant_id, l.entry_no, l.period_start, l.period_end, l.first_seq, l.last_seq,
        l.last_hash, l.evaluations, l.bytes_in, l.bytes_out, l.gates_executed, l.audit_writes,
        l.price_version, l.fraction_in, l.cost_nanousd, l.fraction_out, l.usage_hash, l.filed_at,
        r.quantity_cents, r.carried_in_nanousd, r.carried_out_nanousd, r.mode, r.reported_at
      FROM usage_ledger l
      LEFT JOIN usage_reports r ON r.tenant_id = l.tenant_id AND r.entry_no = l.entry_no
      WHERE l.tenant_id = $1
      """;

  private static final String LAST = ENTRIES + "ORDER BY l.entry_no DESC LIMIT 1";

  private static final String BY_NUMBER = ENTRIES + "AND l.entry_no = $2";

  private static final String BY_FIRST_SEQ = ENTRIES + "AND l.first_seq = $2";

  private static final String AFTER = ENTRIES + "AND l.entry_no > $2 ORDER BY l.entry_no LIMIT $3";

  private static final String BETWEEN =
      ENTRIES
          + """
          AND l.period_start >= $2 AND l.period_start < $3 AND l.entry_no > $4
          ORDER BY l.entry_no LIMIT $5
          """;

  private static final String UNREPORTED =
      """
      SELECT l.entry_no FROM usage_ledger l
      WHERE l.tenant_id = $1 AND NOT EXISTS (
        SELECT FROM usage_reports r WHERE r.tenant_id = l.tenant_id AND r.entry_no = l.entry_no)
      ORDER BY l.entry_no LIMIT $2
      """;

  private static final String INSERT =
      """
      INSERT INTO usage_ledger (tenant_id, entry_no, period_start, period_end, first_seq, last_seq,
        last_hash, evaluations, bytes_in, bytes_out, gates_executed, audit_writes, price_version,
        fraction_in, cost_nanousd, fraction_out, usage_hash, filed_at,
        previous_entry_no, previous_last_seq, previous_period_end)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19, $20, $21)
      """;

  /** The tenant's last entry. */
  public Uni<Optional<Entry>> last(SqlClient client, TenantId tenant) {
    return one(client, LAST, Tuple.of(tenant.value()));
  }

  /** The entry with this number. */
  public Uni<Optional<Entry>> find(SqlClient client, TenantId tenant, long entryNo) {
    return one(client, BY_NUMBER, Tuple.of(tenant.value(), entryNo));
  }

  Uni<Optional<Entry>> startingAt(SqlClient client, TenantId tenant, long firstSeq) {
    return one(client, BY_FIRST_SEQ, Tuple.of(tenant.value(), firstSeq));
  }

  /** Entries behind a number, in order. */
  Uni<List<Entry>> after(SqlClient client, TenantId tenant, long entryNo, int limit) {
    return client
        .preparedQuery(AFTER)
        .execute(Tuple.of(tenant.value(), entryNo, limit))
        .map(rows -> Sql.all(rows, LedgerStore::entry));
  }

  /** Entries behind a number whose period starts in a half-open span, in order. */
  public Uni<List<Entry>> between(
      SqlClient client, TenantId tenant, Instant from, Instant to, long entryNo, int limit) {
    return client
        .preparedQuery(BETWEEN)
        .execute(Tuple.of(tenant.value(), utc(from), utc(to), entryNo, limit))
        .map(rows -> Sql.all(rows, LedgerStore::entry));
  }

  Uni<List<Long>> unreported(SqlClient client, TenantId tenant, int limit) {
    return client
        .preparedQuery(UNREPORTED)
        .execute(Tuple.of(tenant.value(), limit))
        .map(rows -> Sql.all(rows, row -> row.getLong("entry_no")));
  }

  /** Adds an entry behind the one before, which the constraints of the table check. */
  Uni<Void> insert(SqlConnection connection, Entry entry, Optional<Entry> previous) {
    Tuple values =
        Tuple.tuple()
            .addUUID(entry.tenant().value())
            .addLong(entry.entryNo())
            .addOffsetDateTime(utc(entry.periodStart()))
            .addOffsetDateTime(utc(entry.periodEnd()))
            .addLong(entry.firstSeq())
            .addLong(entry.lastSeq())
            .addString(entry.lastHash())
            .addLong(entry.units().evaluations())
            .addLong(entry.units().bytesIn())
            .addLong(entry.units().bytesOut())
            .addLong(entry.units().gatesExecuted())
            .addLong(entry.units().auditWrites())
            .addLong(entry.priceVersion())
            .addInteger(entry.fractionIn())
            .addLong(entry.rated().costNanousd())
            .addInteger(entry.rated().fractionOut())
            .addString(entry.usageHash())
            .addOffsetDateTime(utc(entry.filedAt()))
            .addLong(previous.map(Entry::entryNo).orElse(null))
            .addLong(previous.map(Entry::lastSeq).orElse(null))
            .addOffsetDateTime(previous.map(Entry::periodEnd).map(Sql::utc).orElse(null));
    return connection.preparedQuery(INSERT).execute(values).replaceWithVoid();
  }

  private static Uni<Optional<Entry>> one(SqlClient client, String sql, Tuple values) {
    return client
        .preparedQuery(sql)
        .execute(values)
        .map(rows -> Sql.first(rows, LedgerStore::entry));
  }

  private static Entry entry(Row row) {
    return new Entry(
        new TenantId(row.getUUID("tenant_id")),
        row.getLong("entry_no"),
        instant(row, "period_start"),
        instant(row, "period_end"),
        row.getLong("first_seq"),
        row.getLong("last_seq"),
        row.getString("last_hash"),
        UnitColumns.units(row),
        row.getLong("price_version"),
        row.getInteger("fraction_in"),
        new Rated(row.getLong("cost_nanousd"), row.getInteger("fraction_out")),
        row.getString("usage_hash"),
        instant(row, "filed_at"),
        report(row));
  }

  private static UsageReport report(Row row) {
    if (row.getOffsetDateTime("reported_at") == null) {
      return null;
    }
    return new UsageReport(
        row.getLong("quantity_cents"),
        row.getLong("carried_in_nanousd"),
        row.getLong("carried_out_nanousd"),
        row.getString("mode"),
        Rfc3339.text(instant(row, "reported_at")));
  }
}
