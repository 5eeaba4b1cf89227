package dev.nofate.gate.db;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/**
 * The only way to the tables. Row-level security shows a transaction the rows of the tenant that it
 * names, or what a {@link Purpose} opens; without either it shows nothing. The name goes with the
 * transaction, so a pooled connection carries nothing over, behind PgBouncer neither.
 *
 * <p>A single statement travels together with its BEGIN, name and COMMIT: one round trip, as
 * without them. It runs to its end also when the client that asked goes away.
 */
@ApplicationScoped
public class TenantDb {

  private static final String NAME = "SELECT set_config($1, $2, true)";
  private static final String TENANT = "nofate.tenant";
  private static final String PURPOSE = "nofate.purpose";

  private final Pool pool;

  TenantDb(Pool pool) {
    this.pool = pool;
  }

  /** One statement on a tenant's rows. */
  public Uni<RowSet<Row>> execute(TenantId tenant, String sql, Tuple values) {
    return single(named(tenant), c -> c.preparedQuery(sql).execute(values.getDelegate()));
  }

  /** One statement on a tenant's rows, once for each of the values. */
  public Uni<RowSet<Row>> executeBatch(TenantId tenant, String sql, List<Tuple> values) {
    return single(
        named(tenant),
        c -> c.preparedQuery(sql).executeBatch(values.stream().map(Tuple::getDelegate).toList()));
  }

  /** One statement on what the purpose opens. */
  public Uni<RowSet<Row>> execute(Purpose purpose, String sql, Tuple values) {
    return single(named(purpose), c -> c.preparedQuery(sql).execute(values.getDelegate()));
  }

  /** Several statements on a tenant's rows; committed when the work succeeds. */
  public <T> Uni<T> transaction(TenantId tenant, Function<SqlConnection, Uni<T>> work) {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(NAME)
                .execute(Tuple.newInstance(named(tenant)))
                .chain(() -> work.apply(connection)));
  }

  private Uni<RowSet<Row>> single(io.vertx.sqlclient.Tuple name, Statement statement) {
    return Uni.createFrom()
        .completionStage(
            () ->
                pool.getDelegate()
                    .getConnection()
                    .compose(
                        connection ->
                            together(connection, name, statement)
                                .onComplete(done -> connection.close()))
                    .toCompletionStage())
        .map(rows -> RowSet.newInstance(rows, Row.__TYPE_ARG));
  }

  /**
   * Sent without waiting in between. A statement that fails makes its COMMIT a rollback; only an
   * answer to all of them is an answer.
   */
  private static Future<io.vertx.sqlclient.RowSet<io.vertx.sqlclient.Row>> together(
      io.vertx.sqlclient.SqlConnection connection,
      io.vertx.sqlclient.Tuple name,
      Statement statement) {
    Future<?> begun = connection.query("BEGIN").execute();
    Future<?> told = connection.preparedQuery(NAME).execute(name);
    Future<io.vertx.sqlclient.RowSet<io.vertx.sqlclient.Row>> done = statement.on(connection);
    Future<?> committed = connection.query("COMMIT").execute();
    return Future.join(begun, told, done, committed)
        .transform(
            all -> done.failed() || all.succeeded() ? done : Future.failedFuture(all.cause()));
  }

  private static io.vertx.sqlclient.Tuple named(TenantId tenant) {
    return io.vertx.sqlclient.Tuple.of(TENANT, tenant.toString());
  }

  private static io.vertx.sqlclient.Tuple named(Purpose purpose) {
    return io.vertx.sqlclient.Tuple.of(PURPOSE, purpose.wireName());
  }

  @FunctionalInterface
  private interface Statement {
    Future<io.vertx.sqlclient.RowSet<io.vertx.sqlclient.Row>> on(
        io.vertx.sqlclient.SqlConnection connection);
  }
}
