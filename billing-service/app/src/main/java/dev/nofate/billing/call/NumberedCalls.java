package dev.nofate.billing.call;

import dev.nofate.billing.postgres.Sql;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.StoredFailureException;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.IntFunction;

/**
 * Numbers the calls that the provider carries out once under a name: one that it has a failure
 * stored under is of no use for a day, so the next has another number, the same on every replica.
 * What is called has to look for what it makes first, each time.
 */
@ApplicationScoped
public class NumberedCalls {

  private static final String FAILURES =
      """
      SELECT failures FROM stored_failures WHERE tenant_id = $1 AND call = $2
      """;

  /** Whoever met the same failure counts it once. */
  private static final String COUNT =
      """
      INSERT INTO stored_failures (tenant_id, call, failures) VALUES ($1, $2, $3 + 1)
      ON CONFLICT (tenant_id, call) DO UPDATE SET failures = $3 + 1
      WHERE stored_failures.failures = $3
      """;

  private final Transactions transactions;

  public NumberedCalls(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Makes a call, and once more when what it met was a stored failure.
   *
   * @param call what is made, of this tenant
   * @param work makes it under a number; fails with {@link StoredFailureException} when that number
   *     is used up
   */
  public <T> Uni<T> make(TenantId tenant, String call, IntFunction<Uni<T>> work) {
    return once(tenant, call, work)
        .onFailure(StoredFailureException.class)
        .recoverWithUni(() -> once(tenant, call, work));
  }

  private <T> Uni<T> once(TenantId tenant, String call, IntFunction<Uni<T>> work) {
    return failures(tenant, call)
        .flatMap(
            known ->
                work.apply(known)
                    .onFailure(StoredFailureException.class)
                    .call(() -> count(tenant, call, known)));
  }

  private Uni<Integer> failures(TenantId tenant, String call) {
    return transactions.run(
        tenant,
        connection ->
            connection
                .preparedQuery(FAILURES)
                .execute(Tuple.of(tenant.value(), call))
                .map(rows -> Sql.first(rows, row -> row.getInteger("failures")).orElse(0)));
  }

  private Uni<Void> count(TenantId tenant, String call, int known) {
    return transactions.run(
        tenant,
        connection ->
            connection
                .preparedQuery(COUNT)
                .execute(Tuple.of(tenant.value(), call, known))
                .replaceWithVoid());
  }
}
