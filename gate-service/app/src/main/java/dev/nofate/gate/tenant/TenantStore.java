package dev.nofate.gate.tenant;

import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.Purpose;
import dev.nofate.gate.db.TenantDb;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The rows of {@code tenants}. */
@ApplicationScoped
class TenantStore {

  private static final String FIND =
      """
      SELECT tenant_id, name, rate_limit_per_minute, clerk_org_id, created_at
      FROM tenants WHERE tenant_id = $1
      """;

  private final TenantDb db;

  TenantStore(TenantDb db) {
    this.db = db;
  }

  /** Inserts the tenant; one that is there already stays as it is. */
  Uni<Void> insert(TenantId tenant, String name, Integer rateLimitPerMinute, Instant createdAt) {
    return db.execute(
            tenant,
            """
            INSERT INTO tenants (tenant_id, name, rate_limit_per_minute, created_at)
            VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id) DO NOTHING
            """,
            Tuple.of(tenant.value(), name, rateLimitPerMinute, createdAt.atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  Uni<Optional<Tenant>> find(TenantId tenant) {
    return db.execute(tenant, FIND, Tuple.of(tenant.value())).map(TenantStore::first);
  }

  Uni<List<Tenant>> list(Optional<UUID> after, int limit) {
    return db.execute(
            Purpose.TENANTS,
            """
            SELECT tenant_id, name, rate_limit_per_minute, clerk_org_id, created_at
            FROM tenants WHERE $1::uuid IS NULL OR tenant_id > $1
            ORDER BY tenant_id LIMIT $2
            """,
            Tuple.of(after.orElse(null), limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(TenantStore::tenant).toList());
  }

  /**
   * Changes a tenant under a lock: what it was is read, the change made and recorded, and only then
   * committed.
   *
   * @param sql an UPDATE of the tenant $1 with the value $2
   * @param record records the change, given what the tenant was
   * @return the tenant as it is now; fails with 404 when there is none, 409 when another tenant has
   *     the value
   */
  Uni<Tenant> change(TenantId tenant, String sql, Object value, Function<Tenant, Uni<?>> record) {
    return db.transaction(
        tenant,
        connection ->
            one(connection, tenant, FIND + " FOR UPDATE")
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .call(before -> update(connection, sql, tenant, value))
                .call(record::apply)
                .chain(before -> one(connection, tenant, FIND))
                .map(Optional::orElseThrow));
  }

  private static Uni<Void> update(
      SqlConnection connection, String sql, TenantId tenant, Object value) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(tenant.value(), value))
        .onFailure(TenantStore::isTaken)
        .transform(e -> new ProblemException(ErrorCode.CONFLICT, "Another tenant has this value"))
        .replaceWithVoid();
  }

  private static boolean isTaken(Throwable failure) {
    return failure instanceof PgException refused && "23505".equals(refused.getSqlState());
  }

  private static Uni<Optional<Tenant>> one(SqlConnection connection, TenantId tenant, String sql) {
    return connection.preparedQuery(sql).execute(Tuple.of(tenant.value())).map(TenantStore::first);
  }

  private static Optional<Tenant> first(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).findFirst().map(TenantStore::tenant);
  }

  private static Tenant tenant(Row row) {
    return new Tenant(
        new TenantId(row.getUUID("tenant_id")),
        row.getString("name"),
        row.getInteger("rate_limit_per_minute"),
        row.getString("clerk_org_id"),
        Micros.text(row.getOffsetDateTime("created_at").toInstant()),
        null);
  }
}
