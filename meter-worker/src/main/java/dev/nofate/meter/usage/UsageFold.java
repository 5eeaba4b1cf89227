package dev.nofate.meter.usage;

import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.EventType;
import dev.nofate.billing.contract.LedgerEntryDraft;
import dev.nofate.billing.contract.LedgerPosition;
import dev.nofate.billing.contract.OpenUsage;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.chain.BrokenChainException;
import dev.nofate.meter.period.Period;
import dev.nofate.meter.period.PeriodCalendar;
import java.time.Instant;
import java.util.Optional;

/**
 * What a contiguous stretch of one chain behind the last ledger entry sums up to. A pure value: the
 * same events folded in one go or in any portions give the same fold.
 *
 * @param calendar cuts time into periods
 * @param filedUntil end of the last filed period
 * @param afterSeq last event that a ledger entry covers; the fold starts behind it
 * @param throughSeq last event folded
 * @param throughAt its time; {@link Instant#MIN} before the first
 * @param throughHash its hash; empty before the first
 * @param units their units
 * @param period the period of the first usage; empty while there was none
 */
public record UsageFold(
    PeriodCalendar calendar,
    Instant filedUntil,
    long afterSeq,
    long throughSeq,
    Instant throughAt,
    String throughHash,
    UsageUnits units,
    Optional<Period> period) {

  /** Nothing folded yet, behind what is filed. */
  public static UsageFold behind(PeriodCalendar calendar, LedgerPosition position) {
    return behind(calendar, filedUntil(position), position.lastSeq());
  }

  private static UsageFold behind(PeriodCalendar calendar, Instant filedUntil, long seq) {
    return new UsageFold(
        calendar, filedUntil, seq, seq, Instant.MIN, "", UsageUnits.NONE, Optional.empty());
  }

  private static Instant filedUntil(LedgerPosition position) {
    return position.lastPeriodEnd() == null ? Instant.MIN : Instant.parse(position.lastPeriodEnd());
  }

  /** Whether the fold starts where the ledger ends. */
  public boolean continues(LedgerPosition position) {
    return afterSeq == position.lastSeq() && filedUntil.equals(filedUntil(position));
  }

  /**
   * Whether the event comes after the fold's period: the fold then holds all that the period's
   * entry covers. Times in a chain never go back, so nothing behind the event belongs to the
   * period.
   */
  public boolean endsBefore(ChainEvent event) {
    return period.isPresent() && period.get().isOverAt(Instant.parse(event.at()));
  }

  /**
   * The fold with one more event.
   *
   * @throws BrokenChainException when the event does not follow the last one in number and time, or
   *     its usage can't be read
   */
  public UsageFold plus(ChainEvent event) {
    Instant at = Instant.parse(event.at());
    if (event.seq() != throughSeq + 1) {
      throw new BrokenChainException(
          "event " + event.seq() + " stands where event " + (throughSeq + 1) + " belongs");
    }
    if (at.isBefore(throughAt)) {
      throw new BrokenChainException("time goes back at event " + event.seq());
    }
    if (event.type() != EventType.USAGE_RECORDED) {
      return through(event, at, units, period);
    }
    return through(
        event,
        at,
        units.plus(UsageReading.of(event)),
        period.or(() -> Optional.of(calendar.periodBehind(at, filedUntil))));
  }

  private UsageFold through(ChainEvent event, Instant at, UsageUnits sum, Optional<Period> of) {
    return new UsageFold(calendar, filedUntil, afterSeq, event.seq(), at, event.hash(), sum, of);
  }

  /**
   * The ledger entry that the fold stands for, once its period is closed.
   *
   * @throws java.util.NoSuchElementException when there was no usage
   */
  public LedgerEntryDraft draft(TenantId tenant) {
    Period closed = period.orElseThrow();
    return new LedgerEntryDraft(
        tenant, closed.startText(), closed.endText(), afterSeq + 1, throughSeq, throughHash, units);
  }

  /** The empty fold behind this one's entry. */
  public UsageFold next() {
    return behind(calendar, period.orElseThrow().end(), throughSeq);
  }

  /** The fold for display. */
  public OpenUsage open() {
    return new OpenUsage(afterSeq, throughSeq, units);
  }
}
