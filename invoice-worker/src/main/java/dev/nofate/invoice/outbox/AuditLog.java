package dev.nofate.invoice.outbox;

import dev.nofate.audit.contract.AppendRequest;
import dev.nofate.audit.contract.AuditLogApi;
import dev.nofate.invoice.call.Calls;
import io.smallrye.mutiny.TimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The audit log as the relay sees it. */
@ApplicationScoped
@CircuitBreaker(failOn = {ProcessingException.class, TimeoutException.class})
public class AuditLog {

  private final AuditLogApi log;
  private final Calls calls;

  @Inject
  AuditLog(@RestClient AuditLogClient client, Calls calls) {
    this((AuditLogApi) client, calls);
  }

  public AuditLog(AuditLogApi log, Calls calls) {
    this.log = log;
    this.calls = calls;
  }

  /** Appends; returns when the event is durable. */
  public void append(AppendRequest request) {
    calls.await(log.append(request));
  }
}
