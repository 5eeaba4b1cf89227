package dev.nofate.kit.problem;

import io.quarkus.arc.properties.IfBuildProperty;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.DatabaseException;
import jakarta.inject.Singleton;
import java.util.Set;

/** Postgres is away. Only there in services that have a pool: the workers have no SQL client. */
@Singleton
@IfBuildProperty(name = "quarkus.datasource.db-kind", stringValue = "postgresql")
public class PostgresOutage implements Outage {

  /** SQLSTATE classes: connection exception, insufficient resources. */
  private static final Set<String> CONNECTION_OR_RESOURCES = Set.of("08", "53");

  private static final String SHUT_DOWN_OR_STARTING = "57P";

  @Override
  public boolean is(Throwable failure) {
    return failure instanceof ClosedConnectionException
        || failure instanceof DatabaseException refused && isAway(refused.getSqlState());
  }

  private static boolean isAway(String state) {
    return state != null
        && state.length() == 5
        && (CONNECTION_OR_RESOURCES.contains(state.substring(0, 2))
            || state.startsWith(SHUT_DOWN_OR_STARTING));
  }
}
