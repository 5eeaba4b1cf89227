package dev.nofate.billing.ledger;

import static dev.nofate.billing.postgres.Sql.instant;
import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.contract.OpenUsage;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.postgres.Sql;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** The usage of open periods as last observed: for display, never billed. */
@ApplicationScoped
public class OpenUsageStore {

  private static final String OBSERVE =
      """
      INSERT INTO open_usage AS o (tenant_id, after_seq, through_seq, evaluations, bytes_in,
        bytes_out, gates_executed, audit_writes, observed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (tenant_id) DO UPDATE SET
        after_seq = excluded.after_seq, through_seq = excluded.through_seq,
        evaluations = excluded.evaluations, bytes_in = excluded.bytes_in,
        bytes_out = excluded.bytes_out, gates_executed = excluded.gates_executed,
        audit_writes = excluded.audit_writes, observed_at = excluded.observed_at
      WHERE (excluded.after_seq, excluded.through_seq) >= (o.after_seq, o.through_seq)
      """;

  private static final String FIND =
      """
      SELECT after_seq, through_seq, evaluations, bytes_in, bytes_out, gates_executed, audit_writes,
        observed_at
      FROM open_usage WHERE tenant_id = $1
      """;

  /** Remembers an observation unless a later one is there. */
  Uni<Void> observe(SqlClient client, TenantId tenant, OpenUsage usage, Instant now) {
    UsageUnits units = usage.units();
    return client
        .preparedQuery(OBSERVE)
        .execute(
            Tuple.tuple()
                .addUUID(tenant.value())
                .addLong(usage.afterSeq())
                .addLong(usage.throughSeq())
                .addLong(units.evaluations())
                .addLong(units.bytesIn())
                .addLong(units.bytesOut())
                .addLong(units.gatesExecuted())
                .addLong(units.auditWrites())
                .addOffsetDateTime(utc(now)))
        .replaceWithVoid();
  }

  /** The last observation. */
  public Uni<Optional<Observed>> find(SqlClient client, TenantId tenant) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(tenant.value()))
        .map(rows -> Sql.first(rows, OpenUsageStore::observed));
  }

  private static Observed observed(Row row) {
    return new Observed(
        new OpenUsage(row.getLong("after_seq"), row.getLong("through_seq"), UnitColumns.units(row)),
        instant(row, "observed_at"));
  }

  /**
   * An observation.
   *
   * @param usage what was counted
   * @param at when
   */
  public record Observed(OpenUsage usage, Instant at) {}
}
