package dev.nofate.gate.console.admin;

import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.apikey.ApiKeyResource;
import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.console.remote.AuditClient;
import dev.nofate.gate.console.remote.BillingClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.erasure.RetentionResource;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestQuery;

/** What is the tenant's own to change: keys, retention, erasure; and how it stands, and why. */
@Path("/console/admin")
@RolesAllowed(Scope.Names.ADMIN)
@Produces(MediaType.TEXT_HTML)
public class AdminPageResource {

  private static final String KEYS = "50";

  /** Standings change a few times a year: one page of the log holds them all. */
  private static final int CHANGES = 1000;

  private static final List<String> SCOPES =
      Arrays.stream(Scope.values()).map(Scope::wireName).toList();

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance admin(Frame frame, AdminPage page);
  }

  private final ApiKeyResource keys;
  private final RetentionResource retention;
  private final BillingClient billing;
  private final AuditClient audit;
  private final Visitor visitor;

  AdminPageResource(
      ApiKeyResource keys,
      RetentionResource retention,
      @RestClient BillingClient billing,
      @RestClient AuditClient audit,
      Visitor visitor) {
    this.keys = keys;
    this.retention = retention;
    this.billing = billing;
    this.audit = audit;
    this.visitor = visitor;
  }

  /** All of it on one page; keys from a cursor on. */
  @GET
  public Uni<String> show(@RestQuery String after) {
    visitor.visit();
    Frame frame = visitor.frame("Admin", Section.ADMIN);
    String bearer = visitor.bearer();
    return Uni.combine()
        .all()
        .unis(
            keys.list(Optional.empty(), after, KEYS),
            retention.show(Optional.empty()),
            Told.by(BillingClient.NAME, billing.account(bearer)),
            Told.by(
                AuditClient.NAME,
                audit
                    .events(bearer, 0L, CHANGES, EventType.STANDING_CHANGED.wireName(), null)
                    .map(Cause::newest)))
        .asTuple()
        .map(
            told ->
                new AdminPage(
                    told.getItem1(),
                    SCOPES,
                    told.getItem2().retentionDays(),
                    told.getItem3().value(),
                    told.getItem3().observed(),
                    told.getItem4().value(),
                    told.getItem4().observed()))
        .chain(page -> Templates.admin(frame, page).createUni());
  }
}
