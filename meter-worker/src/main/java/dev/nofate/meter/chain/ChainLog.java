package dev.nofate.meter.chain;

import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.audit.contract.AppendRequest;
import dev.nofate.audit.contract.AuditLogApi;
import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.ChainHead;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.call.Calls;
import io.smallrye.mutiny.TimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The audit log as the meter sees it. */
@ApplicationScoped
@CircuitBreaker(failOn = {ProcessingException.class, TimeoutException.class})
public class ChainLog {

  /** Events a page: the most that the log gives at once, and all that is held of a chain. */
  static final int PAGE = 1000;

  private final AuditLogApi log;
  private final Calls calls;

  @Inject
  ChainLog(@RestClient AuditLogClient client, Calls calls) {
    this((AuditLogApi) client, calls);
  }

  public ChainLog(AuditLogApi log, Calls calls) {
    this.log = log;
    this.calls = calls;
  }

  /** Chains behind a tenant id (null: from the first), in order. */
  public Page<ChainHead> chains(String after, int limit) {
    return calls.await(log.chains(after, limit));
  }

  /** Events behind a seq, of every type, in order. */
  List<ChainEvent> eventsBehind(TenantId tenant, long seq) {
    return calls.await(log.events(tenant, seq, PAGE, List.of())).items();
  }

  /** Events behind a seq, of some types alone, in order. */
  public List<ChainEvent> eventsBehind(TenantId tenant, long seq, List<String> types) {
    return calls.await(log.events(tenant, seq, PAGE, types)).items();
  }

  /** The event at a seq, or null when the chain is shorter. */
  public ChainEvent eventAt(TenantId tenant, long seq) {
    List<ChainEvent> found = calls.await(log.events(tenant, seq - 1, 1, List.of())).items();
    return found.isEmpty() ? null : found.get(0);
  }

  /** Appends, or answers nothing when it is too early by the log's clock. */
  public Optional<AppendReceipt> append(AppendRequest request) {
    return calls.awaitUnless(ErrorCode.TOO_EARLY.status(), log.append(request));
  }
}
