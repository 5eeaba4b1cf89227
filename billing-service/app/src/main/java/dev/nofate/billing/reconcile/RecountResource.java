package dev.nofate.billing.reconcile;

import dev.nofate.billing.contract.Recount;
import dev.nofate.billing.contract.RecountTask;
import dev.nofate.billing.contract.RecountsApi;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.ledger.Entry;
import dev.nofate.billing.ledger.LedgerStore;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.price.Rating;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.EvaluationCountsApi;
import dev.nofate.gate.contract.EvaluationCountsApi.Answered;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Takes meter-worker's counts of chain ranges, and puts gate-service's count of answers beside
 * them. The edges are those that exist: meter-worker reads the chains, and this service asks
 * gate-service as it does for callers.
 */
@RolesAllowed("service:meter-worker")
public class RecountResource implements RecountsApi {

  private static final Logger LOG = Logger.getLogger(RecountResource.class);
  private static final int MOST = 100;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Transactions transactions;
  private final RecountStore store;
  private final LedgerStore ledger;
  private final EvaluationCountsApi gate;
  private final DatabaseClock clock;
  private final ReconcileConfig config;

  @Inject
  public RecountResource(
      Transactions transactions,
      RecountStore store,
      LedgerStore ledger,
      @RestClient EvaluationCountsClient gate,
      DatabaseClock clock,
      ReconcileConfig config) {
    this.transactions = transactions;
    this.store = store;
    this.ledger = ledger;
    this.gate = gate;
    this.clock = clock;
    this.config = config;
  }

  @Override
  public Uni<List<RecountTask>> due(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "limit is not a number from 1 to " + MOST);
    }
    return transactions.run(Purpose.RECOUNTS, connection -> due(connection, limit));
  }

  @Override
  public Uni<Void> counted(Recount recount) {
    if (!isWellFormed(recount)) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The count is not well-formed");
    }
    return transactions
        .run(recount.tenant(), c -> ledger.find(c, recount.tenant(), recount.entryNo()))
        .map(found -> found.orElseThrow(ProblemException::notFound))
        .invoke(entry -> requireSameRange(entry, recount))
        .flatMap(entry -> answered(entry).flatMap(answers -> store(entry, recount, answers)));
  }

  private Uni<List<RecountTask>> due(SqlConnection connection, int limit) {
    return clock
        .now(connection)
        .flatMap(
            now ->
                store
                    .neverCounted(connection, now, now.minus(config.handedOutFor()), limit)
                    .flatMap(
                        fresh ->
                            fresh.isEmpty()
                                ? countedBefore(connection, now, limit)
                                : Uni.createFrom().item(fresh)));
  }

  /** Those that differed first, in half of the places: many of them do not keep others waiting. */
  private Uni<List<RecountTask>> countedBefore(SqlConnection connection, Instant now, int limit) {
    return store
        .differing(
            connection,
            now,
            config.againWhenDifferent(),
            config.againWhenDifferentAtMost(),
            (limit + 1) / 2)
        .flatMap(
            differing ->
                store
                    .countedBefore(connection, now.minus(config.again()), limit - differing.size())
                    .map(others -> Stream.concat(differing.stream(), others.stream()).toList()));
  }

  private Uni<Answered> answered(Entry entry) {
    return gate.answered(
            entry.tenant(),
            entry.firstSeq(),
            entry.lastSeq(),
            Rfc3339.text(entry.periodStart()),
            Rfc3339.text(entry.periodEnd()))
        .onFailure()
        .transform(
            failure -> {
              LOG.warnf("gate-service did not count its answers: %s", failure.getClass());
              return new ProblemException(
                  ErrorCode.UNAVAILABLE, "The count of answers is not available");
            });
  }

  private Uni<Void> store(Entry entry, Recount recount, Answered answers) {
    Comparison compared = Comparison.of(entry, recount, answers);
    if (compared.differs()) {
      LOG.errorf(
          "entry %d of %s differs from its chain range: %s",
          entry.entryNo(), entry.tenant(), compared);
    }
    return transactions.run(
        entry.tenant(),
        c -> clock.now(c).flatMap(now -> store.save(c, recount, answers, compared, now)));
  }

  private static void requireSameRange(Entry entry, Recount recount) {
    if (entry.firstSeq() != recount.firstSeq() || entry.lastSeq() != recount.lastSeq()) {
      throw new ProblemException(ErrorCode.CONFLICT, "The entry covers another range");
    }
  }

  private static boolean isWellFormed(Recount recount) {
    return recount != null
        && recount.tenant() != null
        && recount.lastHash() != null
        && HASH.matcher(recount.lastHash()).matches()
        && isCount(recount.responsesEmitted())
        && areCounts(recount.units());
  }

  private static boolean areCounts(UsageUnits units) {
    return units != null
        && isCount(units.evaluations())
        && isCount(units.bytesIn())
        && isCount(units.bytesOut())
        && isCount(units.gatesExecuted())
        && isCount(units.auditWrites());
  }

  private static boolean isCount(long number) {
    return number >= 0 && number <= Rating.LARGEST;
  }
}
