package dev.nofate.gate.erasure;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Retention periods in {@code tenants}. */
@ApplicationScoped
class RetentionStore {

  private final TenantDb db;

  RetentionStore(TenantDb db) {
    this.db = db;
  }

  Uni<Optional<Retention>> find(TenantId tenant) {
    return db.execute(
            tenant,
            "SELECT retention_days FROM tenants WHERE tenant_id = $1",
            Tuple.of(tenant.value()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .findFirst()
                    .map(row -> new Retention(row.getInteger("retention_days"))));
  }

  Uni<Void> set(TenantId tenant, Integer days) {
    return db.execute(
            tenant,
            "UPDATE tenants SET retention_days = $2 WHERE tenant_id = $1",
            Tuple.of(tenant.value(), days))
        .replaceWithVoid();
  }
}
