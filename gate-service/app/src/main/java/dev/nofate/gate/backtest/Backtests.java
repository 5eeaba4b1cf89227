package dev.nofate.gate.backtest;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.ruleset.Drafts;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;

/** Backtests as they are asked for: a draft that is good, within the bounds of a replica. */
@ApplicationScoped
public class Backtests {

  private final Drafts drafts;
  private final Backtest backtest;
  private final BacktestsRunning running;
  private final BacktestConfig config;

  Backtests(Drafts drafts, Backtest backtest, BacktestsRunning running, BacktestConfig config) {
    this.drafts = drafts;
    this.backtest = backtest;
    this.running = running;
    this.config = config;
  }

  /**
   * Lines in pieces, each ending with the sums so far.
   *
   * @param name the ruleset's, which the draft has to carry
   * @return fails with 400, 422 with every fault of the draft, or 503 when enough of them run
   */
  public Multi<byte[]> lines(TenantId tenant, String name, BacktestRange range, byte[] document) {
    BacktestRange.Checked checked = range.checked(config);
    return running.bounded(
        tenant,
        () ->
            drafts
                .compile(document)
                .invoke(draft -> sameName(name, draft))
                .onItem()
                .transformToMulti(draft -> backtest.lines(tenant, draft, checked)));
  }

  private static void sameName(String name, CompiledRuleset draft) {
    if (!draft.name().equals(name)) {
      throw new ProblemException(
          ErrorCode.BAD_REQUEST, "The draft's name is not the one in the address");
    }
  }
}
