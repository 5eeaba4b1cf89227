package dev.nofate.billing.report;

import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.ledger.Entry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** What was reported: added, nothing else. */
@ApplicationScoped
public class ReportStore {

  private static final String INSERT =
      """
      INSERT INTO usage_reports (tenant_id, entry_no, cost_nanousd, carried_in_nanousd,
        quantity_cents, carried_out_nanousd, mode, provider_reference, reported_at,
        previous_entry_no)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT (tenant_id, entry_no) DO NOTHING
      """;

  /** Records a report unless there is one; answers whether it did. */
  Uni<Boolean> insert(
      SqlConnection connection,
      Entry entry,
      CarriedCents cents,
      String mode,
      String reference,
      Instant now) {
    return connection
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addUUID(entry.tenant().value())
                .addLong(entry.entryNo())
                .addLong(entry.rated().costNanousd())
                .addLong(cents.carriedInNanousd())
                .addLong(cents.quantityCents())
                .addLong(cents.carriedOutNanousd())
                .addString(mode)
                .addString(reference)
                .addOffsetDateTime(utc(now))
                .addLong(entry.entryNo() == 1 ? null : entry.entryNo() - 1))
        .map(rows -> rows.rowCount() == 1);
  }
}
