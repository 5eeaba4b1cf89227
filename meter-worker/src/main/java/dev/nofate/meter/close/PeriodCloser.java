package dev.nofate.meter.close;

import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.chain.BrokenChainException;
import dev.nofate.meter.chain.ChainCursor;
import dev.nofate.meter.chain.ChainLog;
import dev.nofate.meter.close.Closing.Stop;
import dev.nofate.meter.ledger.UsageLedger;
import dev.nofate.meter.period.Period;
import dev.nofate.meter.usage.UsageFold;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Closes a tenant's finished periods, oldest first: read, mark, read up to the mark, file. Every
 * step is idempotent and is derived from the chain and the ledger alone, so it does not matter
 * after which of them a process dies or who repeats it.
 */
@ApplicationScoped
public class PeriodCloser {

  private final ChainLog log;
  private final UsageLedger ledger;
  private final CloseConfig config;
  private final Clock clock;
  private final Counter entriesFiled;

  public PeriodCloser(
      ChainLog log, UsageLedger ledger, CloseConfig config, Clock clock, MeterRegistry metrics) {
    this.log = log;
    this.ledger = ledger;
    this.config = config;
    this.clock = clock;
    this.entriesFiled = metrics.counter("nofate.meter.entries.filed");
  }

  /**
   * Closes what is over.
   *
   * @param start what was folded before
   * @param cursor stands behind the last event of {@code start}
   */
  public Closing close(TenantId tenant, UsageFold start, ChainCursor cursor) {
    UsageFold fold = start;
    for (int filed = 0; filed < config.periodsPerTurn(); filed++) {
      fold = read(fold, cursor);
      if (cursor.isSpent()) {
        return new Closing(fold, filed, Stop.BOUND_REACHED);
      }
      if (!isOver(fold, cursor)) {
        return new Closing(fold, filed, Stop.CAUGHT_UP);
      }
      Optional<Long> mark = mark(tenant, fold.period().orElseThrow());
      if (mark.isEmpty()) {
        return new Closing(fold, filed, Stop.TOO_EARLY);
      }
      cursor.extendTo(mark.get());
      fold = read(fold, cursor);
      if (cursor.isSpent()) {
        return new Closing(fold, filed, Stop.BOUND_REACHED);
      }
      if (ledger.file(fold.draft(tenant)).isEmpty()) {
        return new Closing(fold, filed, Stop.LEDGER_MOVED);
      }
      entriesFiled.increment();
      fold = fold.next();
    }
    return new Closing(fold, config.periodsPerTurn(), Stop.BOUND_REACHED);
  }

  private static UsageFold read(UsageFold start, ChainCursor cursor) {
    UsageFold fold = start;
    for (Optional<ChainEvent> next = cursor.peek();
        next.isPresent() && !fold.endsBefore(next.get());
        next = cursor.peek()) {
      fold = fold.plus(next.get());
      cursor.pass();
    }
    return fold;
  }

  /** Over when the chain goes on behind the period, or when our clock says that it may be. */
  private boolean isOver(UsageFold fold, ChainCursor cursor) {
    return fold.period()
        .filter(period -> cursor.peek().isPresent() || period.isOverAt(clock.instant()))
        .isPresent();
  }

  /** Sets the mark, once, and answers its seq; nothing when the log's clock is not there yet. */
  private Optional<Long> mark(TenantId tenant, Period period) {
    Optional<AppendReceipt> receipt = log.append(ClosingMark.of(tenant, period));
    receipt
        .filter(mark -> !period.isOverAt(Instant.parse(mark.at())))
        .ifPresent(
            mark -> {
              throw new BrokenChainException(
                  "mark " + mark.lastSeq() + " is not behind its period");
            });
    return receipt.map(AppendReceipt::lastSeq);
  }
}
