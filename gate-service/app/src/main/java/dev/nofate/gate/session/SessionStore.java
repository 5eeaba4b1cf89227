package dev.nofate.gate.session;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.Purpose;
import dev.nofate.gate.db.TenantDb;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Which tenant an organization is. */
@ApplicationScoped
class SessionStore {

  private final TenantDb db;

  SessionStore(TenantDb db) {
    this.db = db;
  }

  Uni<Optional<TenantId>> tenantOf(String organization) {
    return db.execute(
            Purpose.AUTHENTICATION,
            "SELECT tenant_id FROM tenants WHERE clerk_org_id = $1",
            Tuple.of(organization))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .findFirst()
                    .map(row -> new TenantId(row.getUUID("tenant_id"))));
  }
}
