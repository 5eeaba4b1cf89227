package dev.nofate.billing.postgres;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the database answers with the price book in place. Redis is not needed for that. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements AsyncHealthCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String ANY_PRICE = "SELECT version FROM price_book LIMIT 1";

  private final Pool pool;

  public DatabaseReadiness(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return pool.query(ANY_PRICE)
        .execute()
        .map(rows -> rows.size() == 1)
        .ifNoItem()
        .after(PATIENCE)
        .recoverWithItem(false)
        .onFailure()
        .recoverWithItem(false)
        .map(up -> HealthCheckResponse.named("database").status(up).build());
  }
}
