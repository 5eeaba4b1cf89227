package dev.nofate.billing.reconcile;

import dev.nofate.billing.contract.Recount;
import dev.nofate.billing.contract.RecountTask;
import dev.nofate.billing.contract.RecountsApi;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.ledger.Entry;
import dev.nofate.billing.ledger.LedgerStore;
import dev.nofate.billing.price.Rating;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.EvaluationCountsApi;
import dev.nofate.gate.contract.EvaluationCountsApi.Answered;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
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

  private final Pool pool;
  private final RecountStore store;
  private final LedgerStore ledger;
  private final EvaluationCountsApi gate;
  private final DatabaseClock clock;
  private final ReconcileConfig config;

  @Inject
  public RecountResource(
      Pool pool,
      RecountStore store,
      LedgerStore ledger,
      @RestClient EvaluationCountsClient gate,
      DatabaseClock clock,
      ReconcileConfig config) {
    this.pool = pool;
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
    return clock
        .now(pool)
        .flatMap(
            now ->
                store
                    .neverCounted(pool, now, now.minus(config.handedOutFor()), limit)
                    .flatMap(
                        fresh ->
                            fresh.isEmpty()
                                ? store.countedBefore(pool, now.minus(config.again()), limit)
                                : Uni.createFrom().item(fresh)));
  }

  @Override
  public Uni<Void> counted(Recount recount) {
    if (!isWellFormed(recount)) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The count is not well-formed");
    }
    return ledger
        .find(pool, recount.tenant(), recount.entryNo())
        .map(found -> found.orElseThrow(ProblemException::notFound))
        .invoke(entry -> requireSameRange(entry, recount))
        .flatMap(entry -> answered(entry).flatMap(answers -> store(entry, recount, answers)));
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
    Comparison compared = Comparison.of(entry, recount, answers.evaluations());
    if (compared.differs()) {
      LOG.errorf(
          "entry %d of %s differs from its chain range: %s",
          entry.entryNo(), entry.tenant(), compared);
    }
    return clock
        .now(pool)
        .flatMap(now -> store.save(pool, recount, answers.evaluations(), compared, now));
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
