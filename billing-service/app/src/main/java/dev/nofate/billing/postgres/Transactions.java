package dev.nofate.billing.postgres;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/**
 * Runs work in one transaction that ends on its own terms: a client that goes away cancels the
 * waiting for the answer, never the work.
 *
 * <p>Row-level security shows a transaction the rows of the tenant that it names, or what a {@link
 * Purpose} opens; without either it shows nothing. The name goes with the transaction, so a pooled
 * connection carries nothing over, behind PgBouncer neither.
 */
@ApplicationScoped
public class Transactions {

  private static final String NAME = "SELECT set_config($1, $2, true)";
  private static final String CONFIRMED = "SELECT pg_logical_emit_message(true, 'nofate', '')";
  private static final String ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";

  private final Pool pool;

  public Transactions(Pool pool) {
    this.pool = pool;
  }

  /** As a tenant: commits when the work succeeds, rolls back when it fails. */
  public <T> Uni<T> run(TenantId tenant, Function<SqlConnection, Uni<T>> work) {
    return run(connection -> become(connection, tenant).chain(() -> work.apply(connection)));
  }

  /** As a tenant, in one snapshot. */
  public <T> Uni<T> snapshot(TenantId tenant, Function<SqlConnection, Uni<T>> work) {
    return run(
        connection ->
            connection
                .query(ONE_SNAPSHOT)
                .execute()
                .chain(() -> become(connection, tenant))
                .chain(() -> work.apply(connection)));
  }

  /** Across tenants, as far as the purpose goes. */
  public <T> Uni<T> run(Purpose purpose, Function<SqlConnection, Uni<T>> work) {
    return run(
        connection ->
            name(connection, "nofate.purpose", purpose.wireName())
                .chain(() -> work.apply(connection)));
  }

  /** From here on the transaction is the tenant's, beside the purpose that it has. */
  public static Uni<Void> become(SqlConnection connection, TenantId tenant) {
    return name(connection, "nofate.tenant", tenant.toString());
  }

  /**
   * Makes the end of a transaction wait as that of one that wrote does: for the disk, and for the
   * standby when commits are synchronous. After a crash a server shows rows that no standby has,
   * and whoever only reads them waits for nobody.
   */
  public static Uni<Void> confirmed(SqlConnection connection) {
    return connection.query(CONFIRMED).execute().replaceWithVoid();
  }

  private static Uni<Void> name(SqlConnection connection, String setting, String value) {
    return connection.preparedQuery(NAME).execute(Tuple.of(setting, value)).replaceWithVoid();
  }

  /** On tables that belong to no tenant. */
  public <T> Uni<T> run(Function<SqlConnection, Uni<T>> work) {
    return detached(Uni.createFrom().deferred(() -> pool.withTransaction(work)));
  }

  /** The same work, out of reach of a cancellation downstream. */
  public static <T> Uni<T> detached(Uni<T> work) {
    return Uni.createFrom()
        .emitter(emitter -> work.subscribe().with(emitter::complete, emitter::fail));
  }
}
