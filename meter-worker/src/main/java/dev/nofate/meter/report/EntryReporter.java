package dev.nofate.meter.report;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.ledger.UsageLedger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Has filed entries reported to the payment provider, in order, one at a time. */
@ApplicationScoped
public class EntryReporter {

  private final UsageLedger ledger;
  private final Counter entriesReported;

  public EntryReporter(UsageLedger ledger, MeterRegistry metrics) {
    this.ledger = ledger;
    this.entriesReported = metrics.counter("nofate.meter.entries.reported");
  }

  /**
   * Reports entries until one is held back; those behind it wait for it.
   *
   * @param unreported entry numbers as a ledger position names them, oldest first
   * @return whether nothing is left to report
   */
  public boolean report(TenantId tenant, List<Long> unreported) {
    for (long entry : unreported) {
      if (ledger.report(tenant, entry).reported() == null) {
        return false;
      }
      entriesReported.increment();
    }
    return unreported.size() < UsageLedger.NAMED_UNREPORTED;
  }
}
