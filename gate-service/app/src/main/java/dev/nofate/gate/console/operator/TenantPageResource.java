package dev.nofate.gate.console.operator;

import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.apikey.ApiKeyResource;
import dev.nofate.gate.audit.AuditLogClient;
import dev.nofate.gate.console.admin.Cause;
import dev.nofate.gate.console.page.Back;
import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Notice;
import dev.nofate.gate.console.page.Numbers;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.console.remote.AuditClient;
import dev.nofate.gate.console.remote.BillingClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.standing.AccountsClient;
import dev.nofate.gate.tenant.Tenant;
import dev.nofate.gate.tenant.TenantRequest;
import dev.nofate.gate.tenant.TenantResource;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** One tenant in the operator's hands: made, held, released. */
@Path("/console/operator/tenants")
@RolesAllowed(Scope.Names.OPERATOR)
@Produces(MediaType.TEXT_HTML)
public class TenantPageResource {

  private static final int CHANGES = 1000;
  private static final String KEYS = "100";
  private static final int LARGEST_LIMIT = 100_000_000;

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance tenant(Frame frame, TenantPage page);

    static native TemplateInstance newTenant(Frame frame, Tenant page);
  }

  private final TenantResource tenants;
  private final ApiKeyResource keys;
  private final AccountsClient accounts;
  private final AuditLogClient log;
  private final BillingClient billing;
  private final Visitor visitor;

  TenantPageResource(
      TenantResource tenants,
      ApiKeyResource keys,
      @RestClient AccountsClient accounts,
      @RestClient AuditLogClient log,
      @RestClient BillingClient billing,
      Visitor visitor) {
    this.tenants = tenants;
    this.keys = keys;
    this.accounts = accounts;
    this.log = log;
    this.billing = billing;
    this.visitor = visitor;
  }

  /** Makes a tenant and shows its first key; the same form again shows the same. */
  @POST
  public Uni<String> create(
      @RestForm String csrf, @RestForm String key, @RestForm String name, @RestForm String limit) {
    visitor.operates(csrf);
    Frame frame = visitor.frame("New tenant", Section.OPERATOR);
    Integer perMinute =
        limit == null || limit.isBlank() ? null : Numbers.whole("limit", limit, 1, LARGEST_LIMIT);
    return tenants
        .create(Optional.ofNullable(key), new TenantRequest(name, perMinute))
        .chain(made -> Templates.newTenant(frame, made).createUni());
  }

  @GET
  @Path("/{id}")
  public Uni<String> show(@PathParam("id") String id, @RestQuery String after) {
    visitor.visit();
    TenantId tenant = OperatorPageResource.tenant(id);
    Frame frame = visitor.frame("Tenant", Section.OPERATOR);
    return Uni.combine()
        .all()
        .unis(
            tenants.show(id),
            keys.list(Optional.of(tenant.toString()), after, KEYS),
            Told.by(BillingClient.NAME, accounts.standing(tenant)),
            Told.by(
                AuditClient.NAME,
                log.events(tenant, 0, CHANGES, List.of(EventType.STANDING_CHANGED.wireName()))
                    .map(Cause::newest)))
        .asTuple()
        .map(
            told ->
                new TenantPage(
                    told.getItem1(),
                    told.getItem2(),
                    told.getItem3().value(),
                    told.getItem3().observed(),
                    told.getItem4().value(),
                    told.getItem4().observed()))
        .chain(page -> Templates.tenant(frame, page).createUni());
  }

  /** Ends a key of the tenant's, one that leaked for instance. */
  @POST
  @Path("/{id}/keys/{key}/revoke")
  public Uni<RestResponse<String>> revoke(
      @PathParam("id") String id, @PathParam("key") String key, @RestForm String csrf) {
    visitor.operates(csrf);
    TenantId tenant = OperatorPageResource.tenant(id);
    return keys.revoke(key, Optional.of(tenant.toString()))
        .map(done -> Back.to("/console/operator/tenants/" + tenant, Notice.KEY_REVOKED));
  }

  /** Suspends the account until it is released. */
  @POST
  @Path("/{id}/hold")
  public Uni<RestResponse<String>> hold(
      @PathParam("id") String id, @RestForm String csrf, @RestForm String reason) {
    visitor.operates(csrf);
    TenantId tenant = OperatorPageResource.tenant(id);
    return Told.orProblem(billing.hold(visitor.bearer(), tenant, new BillingClient.Why(reason)))
        .map(done -> Back.to("/console/operator/tenants/" + tenant, Notice.ACCOUNT_HELD));
  }

  /** Ends a hold. */
  @POST
  @Path("/{id}/release")
  public Uni<RestResponse<String>> release(
      @PathParam("id") String id, @RestForm String csrf, @RestForm String reason) {
    visitor.operates(csrf);
    TenantId tenant = OperatorPageResource.tenant(id);
    return Told.orProblem(billing.release(visitor.bearer(), tenant, new BillingClient.Why(reason)))
        .map(done -> Back.to("/console/operator/tenants/" + tenant, Notice.ACCOUNT_RELEASED));
  }
}
