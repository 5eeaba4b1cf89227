package dev.nofate.billing.ledger;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;

/** Reports entries to the payment provider. */
public interface EntryReporter {

  /**
   * Reports an entry unless it was, and answers with it; 404 when there is none, 409 {@code
   * CONFLICT} when the entry before is not reported.
   */
  Uni<Entry> report(TenantId tenant, long entryNo);
}
