package dev.nofate.gate.audit;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.audit.contract.AppendRequest;
import dev.nofate.audit.contract.ChainHead;
import dev.nofate.audit.contract.EventType;
import dev.nofate.audit.contract.NewEvent;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** The audit log as the gate uses it: what is not recorded there did not happen. */
@ApplicationScoped
public class AuditLog {

  private static final Logger LOG = Logger.getLogger(AuditLog.class);

  private final AuditLogClient client;

  public AuditLog(@RestClient AuditLogClient client) {
    this.client = client;
  }

  /**
   * Appends events to a tenant's chain, once for an append id.
   *
   * @return the receipt when they are durable; fails with 503 {@code AUDIT_UNAVAILABLE} otherwise
   */
  public Uni<AppendReceipt> append(TenantId tenant, UUID appendId, List<NewEvent> events) {
    return client
        .append(new AppendRequest(appendId, tenant, events, null))
        .onFailure()
        .transform(AuditLog::unavailable);
  }

  /**
   * Several appends to one tenant's chain in one transaction, at most 100, each once for its id.
   *
   * @return a receipt for each, in order; fails with 503 {@code AUDIT_UNAVAILABLE} otherwise
   */
  public Uni<List<AppendReceipt>> appendAll(List<AppendRequest> requests) {
    return client.appendAll(requests).onFailure().transform(AuditLog::unavailable);
  }

  /** Appends a single event. */
  public Uni<AppendReceipt> append(
      TenantId tenant, UUID appendId, EventType type, UUID subject, Map<String, Object> payload) {
    return append(tenant, appendId, List.of(new NewEvent(type, subject, payload)));
  }

  /** Records what an administrator changes; the change follows only when that is durable. */
  public Uni<AppendReceipt> record(AdminAction action) {
    return append(
        action.tenant(),
        UuidCreator.getTimeOrderedEpoch(),
        EventType.ADMIN_ACTION,
        null,
        action.payload());
  }

  /**
   * The receipt of the last event of a subject and a type.
   *
   * @return fails with 404 when there is none, 503 {@code AUDIT_UNAVAILABLE} when the log did not
   *     answer
   */
  public Uni<String> receipt(TenantId tenant, UUID subject, EventType type) {
    return client
        .receipt(tenant, subject, type.wireName())
        .onFailure()
        .transform(
            failure ->
                failure instanceof WebApplicationException answered
                        && answered.getResponse().getStatus() == 404
                    ? ProblemException.notFound()
                    : unavailable(failure));
  }

  /**
   * How many events a tenant's chain holds.
   *
   * @return fails with 503 {@code AUDIT_UNAVAILABLE} when the log did not answer
   */
  public Uni<Long> end(TenantId tenant) {
    return client
        .chains(before(tenant.value()).toString(), 1)
        .map(
            page ->
                page.items().stream()
                    .filter(head -> head.tenant().equals(tenant))
                    .map(ChainHead::seq)
                    .findFirst()
                    .orElse(0L))
        .onFailure()
        .transform(AuditLog::unavailable);
  }

  /** The id right before: chains come in the order of ids, behind the one that is given. */
  private static UUID before(UUID id) {
    long low = id.getLeastSignificantBits();
    return new UUID(id.getMostSignificantBits() - (low == 0 ? 1 : 0), low - 1);
  }

  private static ProblemException unavailable(Throwable failure) {
    LOG.warnf("the audit log did not answer: %s: %s", failure.getClass(), failure.getMessage());
    return new ProblemException(ErrorCode.AUDIT_UNAVAILABLE, null).with("Retry-After", "1");
  }
}
