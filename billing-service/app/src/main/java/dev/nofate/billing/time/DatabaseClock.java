package dev.nofate.billing.time;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/**
 * The only clock that decides anything here: the database's. Replicas on machines whose clocks
 * differ agree on leases, grace periods and months, because they ask the same one.
 */
@ApplicationScoped
public class DatabaseClock {

  private static final String NOW = "SELECT clock_timestamp() AS now";

  /** The present time, in microseconds. */
  public Uni<Instant> now(SqlClient client) {
    return client
        .query(NOW)
        .execute()
        .map(rows -> rows.iterator().next().getOffsetDateTime("now").toInstant());
  }
}
