package dev.nofate.gate.session;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Which tenant an organization is. */
@ApplicationScoped
class SessionStore {

  private final Pool db;

  SessionStore(Pool db) {
    this.db = db;
  }

  Uni<Optional<TenantId>> tenantOf(String organization) {
    return db.preparedQuery("SELECT tenant_id FROM tenants WHERE clerk_org_id = $1")
        .execute(Tuple.of(organization))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .findFirst()
                    .map(row -> new TenantId(row.getUUID("tenant_id"))));
  }
}
