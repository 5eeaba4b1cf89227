package dev.nofate.meter.recount;

import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.EventType;
import dev.nofate.billing.contract.Recount;
import dev.nofate.billing.contract.RecountTask;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.meter.chain.BrokenChainException;
import dev.nofate.meter.chain.ChainLog;
import dev.nofate.meter.usage.UsageReading;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Counts what a chain range holds, apart from the folding that made the entry: only the types that
 * are counted are read, a page at a time.
 */
@ApplicationScoped
public class Recounter {

  private static final List<String> COUNTED =
      List.of(EventType.RESPONSE_EMITTED.wireName(), EventType.USAGE_RECORDED.wireName());

  private final ChainLog log;

  public Recounter(ChainLog log) {
    this.log = log;
  }

  /**
   * The count of an entry's range.
   *
   * @throws BrokenChainException when the log does not have the range's last event any more, or
   *     usage can't be read
   */
  Recount count(RecountTask task) {
    long emitted = 0;
    UsageUnits units = UsageUnits.NONE;
    long behind = task.firstSeq() - 1;
    List<ChainEvent> page = log.eventsBehind(task.tenant(), behind, COUNTED);
    while (!page.isEmpty() && behind < task.lastSeq()) {
      for (ChainEvent event : page) {
        behind = event.seq();
        if (behind > task.lastSeq()) {
          break;
        }
        if (event.type() == EventType.USAGE_RECORDED) {
          units = units.plus(UsageReading.of(event));
        } else {
          emitted++;
        }
      }
      page = behind < task.lastSeq() ? log.eventsBehind(task.tenant(), behind, COUNTED) : List.of();
    }
    return new Recount(
        task.tenant(), task.entryNo(), task.firstSeq(), task.lastSeq(), hash(task), emitted, units);
  }

  private String hash(RecountTask task) {
    ChainEvent last = log.eventAt(task.tenant(), task.lastSeq());
    if (last == null || last.seq() != task.lastSeq()) {
      throw new BrokenChainException("event " + task.lastSeq() + " is not there any more");
    }
    return last.hash();
  }
}
