package dev.nofate.meter.round;

import dev.nofate.audit.contract.ChainHead;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.call.Calls;
import dev.nofate.meter.chain.ChainLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Goes round the tenants that have a chain, several at a time. */
@ApplicationScoped
public class Round {

  private static final Logger LOG = Logger.getLogger(Round.class);

  /**
   * What a round came to.
   *
   * @param tenants turns taken
   * @param failures turns that failed; they are taken again in the next round
   * @param overdueSince end of the oldest finished period that has no entry yet, if any
   */
  public record Result(int tenants, int failures, Optional<Instant> overdueSince) {
    static final Result NONE = new Result(0, 0, Optional.empty());

    Result plus(Result other) {
      Optional<Instant> oldest =
          Stream.of(overdueSince, other.overdueSince)
              .flatMap(Optional::stream)
              .min(Comparator.naturalOrder());
      return new Result(tenants + other.tenants, failures + other.failures, oldest);
    }
  }

  private final ChainLog log;
  private final TenantTurn turn;
  private final RoundConfig config;
  private volatile String lastFailure = "";

  public Round(ChainLog log, TenantTurn turn, RoundConfig config) {
    this.log = log;
    this.turn = turn;
    this.config = config;
  }

  /**
   * Gives every tenant its turn.
   *
   * @param ending asked between turns; once it says so, no further turn begins
   * @param headway told of each turn that was taken to its end
   * @throws RuntimeException when the chains can't be listed
   */
  public Result run(BooleanSupplier ending, Runnable headway) {
    Result result = Result.NONE;
    String after = null;
    do {
      Page<ChainHead> chains = log.chains(after, config.chainsPage());
      result = result.plus(turns(chains.items(), ending, headway));
      after = chains.next();
    } while (after != null && !ending.getAsBoolean());
    if (result.failures() > 0) {
      LOG.warnf(
          "%d of %d turns failed, the last of %s",
          result.failures(), result.tenants(), lastFailure);
    }
    return result;
  }

  private Result turns(List<ChainHead> heads, BooleanSupplier ending, Runnable headway) {
    return Multi.createFrom()
        .iterable(heads)
        .onItem()
        .transformToUni(
            head ->
                Uni.createFrom()
                    .item(() -> ending.getAsBoolean() ? Result.NONE : turnOf(head, headway))
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
        .merge(config.concurrency())
        .collect()
        .with(Collectors.reducing(Result.NONE, Result::plus))
        .await()
        .indefinitely();
  }

  private Result turnOf(ChainHead head, Runnable headway) {
    TenantId tenant = head.tenant();
    try {
      turn.take(head);
      headway.run();
      return new Result(1, 0, turn.overdueSince(tenant));
    } catch (RuntimeException e) {
      LOG.debugf(e, "the turn of tenant %s failed", tenant);
      lastFailure = "tenant " + tenant + ": " + Calls.describe(e);
      return new Result(1, 1, turn.overdueSince(tenant));
    }
  }
}
