package dev.nofate.audit.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when an insert into the log could succeed: a primary that writes, with the right login. */
@Readiness
@ApplicationScoped
class WritableCheck implements AsyncHealthCheck {

  private static final String NAME = "audit log is writable";

  private final Pool pool;
  private final Duration timeout;

  WritableCheck(Pool pool, HealthConfig config) {
    this.pool = pool;
    this.timeout = config.timeout();
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return pool.query(
            """
            SELECT pg_is_in_recovery() AS standby,
                   current_setting('transaction_read_only')::boolean AS read_only,
                   coalesce(has_table_privilege(to_regclass('audit_events'), 'INSERT')
                     AND has_table_privilege(to_regclass('audit_appends'), 'INSERT'), false) AS granted
            """)
        .execute()
        .map(rows -> answer(rows.iterator().next()))
        .ifNoItem()
        .after(timeout)
        .fail()
        .onFailure()
        .recoverWithItem(
            failure ->
                HealthCheckResponse.named(NAME)
                    .down()
                    .withData("observed", "the database did not answer")
                    .build());
  }

  private static HealthCheckResponse answer(Row row) {
    boolean standby = row.getBoolean("standby");
    boolean readOnly = row.getBoolean("read_only");
    boolean granted = row.getBoolean("granted");
    return HealthCheckResponse.named(NAME)
        .status(!standby && !readOnly && granted)
        .withData("standby", standby)
        .withData("read_only", readOnly)
        .withData("granted", granted)
        .build();
  }
}
