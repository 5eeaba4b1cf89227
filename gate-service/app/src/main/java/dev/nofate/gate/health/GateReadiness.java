package dev.nofate.gate.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while evaluations can be stored; Redis and billing-service can be away. */
@Readiness
@ApplicationScoped
class GateReadiness implements AsyncHealthCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Pool db;

  GateReadiness(Pool db) {
    this.db = db;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return db.query(
            """
            SELECT NOT pg_is_in_recovery()
                   AND NOT current_setting('transaction_read_only')::boolean
                   AND coalesce(has_table_privilege(to_regclass('evaluations'), 'INSERT'), false)
            """)
        .execute()
        .map(rows -> rows.iterator().next().getBoolean(0))
        .ifNoItem()
        .after(PATIENCE)
        .recoverWithItem(false)
        .onFailure()
        .recoverWithItem(false)
        .map(up -> HealthCheckResponse.named("database").status(up).build());
  }
}
