package dev.nofate.meter.ledger;

import dev.nofate.billing.contract.LedgerApi;
import dev.nofate.billing.contract.LedgerEntry;
import dev.nofate.billing.contract.LedgerEntryDraft;
import dev.nofate.billing.contract.LedgerPosition;
import dev.nofate.billing.contract.OpenUsage;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.call.Calls;
import dev.nofate.meter.trace.FilingTrace;
import io.smallrye.mutiny.TimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The usage ledger as the meter sees it. */
@ApplicationScoped
@CircuitBreaker(failOn = {ProcessingException.class, TimeoutException.class})
public class UsageLedger {

  /** A position names at most this many unreported entries. */
  public static final int NAMED_UNREPORTED = 100;

  /** What stands around a filing: in the service its trace. */
  @FunctionalInterface
  interface Around {
    Optional<LedgerEntry> file(LedgerEntryDraft draft, Supplier<Optional<LedgerEntry>> filing);
  }

  private final LedgerApi ledger;
  private final Calls calls;
  private final Around around;

  @Inject
  UsageLedger(@RestClient LedgerClient client, Calls calls, FilingTrace trace) {
    this(client, calls, trace::around);
  }

  public UsageLedger(LedgerApi ledger, Calls calls) {
    this(ledger, calls, (draft, filing) -> filing.get());
  }

  private UsageLedger(LedgerApi ledger, Calls calls, Around around) {
    this.ledger = ledger;
    this.calls = calls;
    this.around = around;
  }

  /** How far the ledger reaches. */
  public LedgerPosition position(TenantId tenant) {
    return calls.await(ledger.position(tenant));
  }

  /** Files an entry, or answers nothing when the ledger has moved on meanwhile. */
  public Optional<LedgerEntry> file(LedgerEntryDraft draft) {
    return around.file(
        draft,
        () -> calls.awaitUnless(ErrorCode.CONFLICT.status(), ledger.file(draft.tenant(), draft)));
  }

  /** Reports an entry. */
  public LedgerEntry report(TenantId tenant, long entry) {
    return calls.await(ledger.report(tenant, entry));
  }

  /** Shows the usage of the open period. */
  public void show(TenantId tenant, OpenUsage usage) {
    calls.await(ledger.observeOpenUsage(tenant, usage));
  }
}
