package dev.nofate.meter.round;

import dev.nofate.audit.contract.ChainHead;
import dev.nofate.billing.contract.LedgerPosition;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.chain.BrokenChainException;
import dev.nofate.meter.chain.ChainCursor;
import dev.nofate.meter.chain.ChainLog;
import dev.nofate.meter.close.CloseConfig;
import dev.nofate.meter.close.Closing;
import dev.nofate.meter.close.PeriodCloser;
import dev.nofate.meter.ledger.UsageLedger;
import dev.nofate.meter.period.Period;
import dev.nofate.meter.period.PeriodCalendar;
import dev.nofate.meter.report.EntryReporter;
import dev.nofate.meter.round.TenantMemory.Seen;
import dev.nofate.meter.usage.UsageFold;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** One tenant's turn: close what is over, show what is open, report what is filed. */
@ApplicationScoped
public class TenantTurn {

  private final ChainLog log;
  private final UsageLedger ledger;
  private final PeriodCloser closer;
  private final EntryReporter reporter;
  private final TenantMemory memory;
  private final PeriodCalendar calendar;
  private final CloseConfig config;
  private final Clock clock;

  public TenantTurn(
      ChainLog log,
      UsageLedger ledger,
      PeriodCloser closer,
      EntryReporter reporter,
      TenantMemory memory,
      PeriodCalendar calendar,
      CloseConfig config,
      Clock clock) {
    this.log = log;
    this.ledger = ledger;
    this.closer = closer;
    this.reporter = reporter;
    this.memory = memory;
    this.calendar = calendar;
    this.config = config;
    this.clock = clock;
  }

  /** Takes the turn; does nothing, and asks nobody, when nothing happened and nothing is due. */
  void take(ChainHead head) {
    TenantId tenant = head.tenant();
    Optional<Seen> seen = memory.of(tenant);
    if (seen.filter(known -> known.isCurrent(head, clock.instant())).isPresent()) {
      return;
    }
    LedgerPosition position = ledger.position(tenant);
    Seen read = readAndClose(head, position, seen);
    LedgerPosition reached =
        read.fold().afterSeq() == position.lastSeq() ? position : ledger.position(tenant);
    boolean settled = reporter.report(tenant, reached.unreportedEntries());
    memory.put(tenant, read.settled(settled));
  }

  private Seen readAndClose(ChainHead head, LedgerPosition position, Optional<Seen> seen) {
    TenantId tenant = head.tenant();
    UsageFold start =
        seen.map(Seen::fold)
            .filter(fold -> fold.continues(position))
            .orElseGet(() -> UsageFold.behind(calendar, position));
    // What can't be remembered is read in whole periods, or it would never be read to the end.
    int pages = memory.hasRoomFor(tenant) ? config.pagesPerTurn() : Integer.MAX_VALUE;
    ChainCursor cursor = new ChainCursor(log, tenant, start.throughSeq(), head.seq(), pages);
    Closing closing = close(tenant, start, cursor);
    Seen read = new Seen(closing.fold(), seen.flatMap(Seen::shown), false);
    memory.put(tenant, read);
    if (closing.showsOpenUsage() && !read.shows(closing.fold().open())) {
      ledger.show(tenant, closing.fold().open());
      read = new Seen(closing.fold(), Optional.of(closing.fold().open()), false);
      memory.put(tenant, read);
    }
    return read;
  }

  private Closing close(TenantId tenant, UsageFold start, ChainCursor cursor) {
    try {
      return closer.close(tenant, start, cursor);
    } catch (BrokenChainException e) {
      // What is remembered may be of a chain that was there before a restore.
      memory.forget(tenant);
      throw e;
    }
  }

  /** End of the tenant's oldest finished period that has no entry yet, as far as was read. */
  Optional<Instant> overdueSince(TenantId tenant) {
    return memory
        .of(tenant)
        .flatMap(seen -> seen.fold().period())
        .map(Period::end)
        .filter(end -> !clock.instant().isBefore(end));
  }
}
