package dev.nofate.billing.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/**
 * Runs work in one transaction that ends on its own terms: a client that goes away cancels the
 * waiting for the answer, never the work.
 */
@ApplicationScoped
public class Transactions {

  private final Pool pool;

  public Transactions(Pool pool) {
    this.pool = pool;
  }

  /** Commits when the work succeeds, rolls back when it fails. */
  public <T> Uni<T> run(Function<SqlConnection, Uni<T>> work) {
    return detached(Uni.createFrom().deferred(() -> pool.withTransaction(work)));
  }

  /** The same work, out of reach of a cancellation downstream. */
  public static <T> Uni<T> detached(Uni<T> work) {
    return Uni.createFrom()
        .emitter(emitter -> work.subscribe().with(emitter::complete, emitter::fail));
  }
}
