package dev.nofate.audit.suite;

import dev.nofate.audit.append.AppendService;
import dev.nofate.audit.checkpoint.Receipts;
import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.audit.contract.AppendRequest;
import dev.nofate.audit.contract.AuditLogApi;
import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.ChainHead;
import dev.nofate.audit.read.EventPages;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;

/** What the other services of the suite call; not part of the published API. */
public class AuditLogResource implements AuditLogApi {

  private final AppendService appends;
  private final EventPages pages;
  private final Receipts receipts;

  AuditLogResource(AppendService appends, EventPages pages, Receipts receipts) {
    this.receipts = receipts;
    this.appends = appends;
    this.pages = pages;
  }

  @Override
  @RolesAllowed({
    "service:gate-service",
    "service:billing-service",
    "service:meter-worker",
    "service:invoice-worker"
  })
  public Uni<AppendReceipt> append(AppendRequest request) {
    return appends.append(request);
  }

  @Override
  @RolesAllowed({
    "service:gate-service",
    "service:billing-service",
    "service:meter-worker",
    "service:invoice-worker"
  })
  public Uni<List<AppendReceipt>> appendAll(List<AppendRequest> requests) {
    return appends.appendAll(requests);
  }

  @Override
  @RolesAllowed({"service:gate-service", "service:billing-service", "service:meter-worker"})
  public Uni<Page<ChainHead>> chains(String after, int limit) {
    return pages.chains(after, limit);
  }

  @Override
  @RolesAllowed({"service:gate-service", "service:billing-service", "service:meter-worker"})
  public Uni<Page<ChainEvent>> events(TenantId tenant, long after, int limit, List<String> types) {
    return pages.events(tenant, after, limit, types);
  }

  @Override
  @RolesAllowed("service:gate-service")
  public Uni<String> receipt(TenantId tenant, UUID subject, String type) {
    return pages.last(tenant, subject, type).chain(seq -> receipts.receipt(tenant.value(), seq));
  }
}
