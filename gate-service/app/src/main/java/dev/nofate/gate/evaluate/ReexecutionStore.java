package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.Purpose;
import dev.nofate.gate.db.TenantDb;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Which stored evaluations are derived again. */
@ApplicationScoped
class ReexecutionStore {

  private final TenantDb db;

  ReexecutionStore(TenantDb db) {
    this.db = db;
  }

  /** Some tenants, others each time. */
  Uni<List<TenantId>> tenants(int many) {
    return db.execute(
            Purpose.REEXECUTION,
            "SELECT tenant_id FROM tenants ORDER BY random() LIMIT $1",
            Tuple.of(many))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> new TenantId(row.getUUID("tenant_id")))
                    .toList());
  }

  /** A tenant's last evaluations before a moment whose content was not erased. */
  Uni<List<UUID>> before(TenantId tenant, Instant moment, int many) {
    return db.execute(
            tenant,
            """
            SELECT evaluation_id FROM evaluation_contents
            WHERE tenant_id = $1 AND received_at < $2 ORDER BY received_at DESC LIMIT $3
            """,
            Tuple.of(tenant.value(), moment.atOffset(ZoneOffset.UTC), many))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getUUID("evaluation_id"))
                    .toList());
  }
}
