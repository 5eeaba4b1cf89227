package dev.nofate.gate.tenant;

import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The rows of {@code tenants}. */
@ApplicationScoped
class TenantStore {

  private final Pool db;

  TenantStore(Pool db) {
    this.db = db;
  }

  /** Inserts the tenant; one that is there already stays as it is. */
  Uni<Void> insert(TenantId tenant, String name, Integer rateLimitPerMinute, Instant createdAt) {
    return db.preparedQuery(
            """
            INSERT INTO tenants (tenant_id, name, rate_limit_per_minute, created_at)
            VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id) DO NOTHING
            """)
        .execute(
            Tuple.of(tenant.value(), name, rateLimitPerMinute, createdAt.atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  Uni<Optional<Tenant>> find(TenantId tenant) {
    return db.preparedQuery(
            """
            SELECT tenant_id, name, rate_limit_per_minute, created_at
            FROM tenants WHERE tenant_id = $1
            """)
        .execute(Tuple.of(tenant.value()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .findFirst()
                    .map(TenantStore::tenant));
  }

  Uni<List<Tenant>> list(Optional<UUID> after, int limit) {
    return db.preparedQuery(
            """
            SELECT tenant_id, name, rate_limit_per_minute, created_at
            FROM tenants WHERE $1::uuid IS NULL OR tenant_id > $1
            ORDER BY tenant_id LIMIT $2
            """)
        .execute(Tuple.of(after.orElse(null), limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(TenantStore::tenant).toList());
  }

  private static Tenant tenant(Row row) {
    return new Tenant(
        new TenantId(row.getUUID("tenant_id")),
        row.getString("name"),
        row.getInteger("rate_limit_per_minute"),
        Micros.text(row.getOffsetDateTime("created_at").toInstant()),
        null);
  }
}
