package dev.nofate.gate.console.billing;

import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.console.remote.BillingClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** The tenant's bill: the month so far, the ledger, invoices, prices. */
@Path("/console/billing")
@RolesAllowed(Scope.Names.BILLING_READ)
@Produces(MediaType.TEXT_HTML)
public class BillingPageResource {

  private static final int INVOICES = 20;
  private static final int LEDGER = 50;

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance billing(Frame frame, BillingPage page);

    static native TemplateInstance ledger(Frame frame, Page<BillingClient.Entry> page);

    static native TemplateInstance reconciliation(
        Frame frame, String period, BillingClient.Reconciliation page);

    static native TemplateInstance portal(Frame frame, BillingClient.Address page);
  }

  private final BillingClient billing;
  private final Visitor visitor;
  private final InstantSource clock;

  BillingPageResource(@RestClient BillingClient billing, Visitor visitor, InstantSource clock) {
    this.billing = billing;
    this.visitor = visitor;
    this.clock = clock;
  }

  @GET
  public Uni<String> show() {
    Frame frame = visitor.frame("Billing", Section.BILLING);
    String bearer = visitor.bearer();
    return Uni.combine()
        .all()
        .unis(
            Told.by(BillingClient.NAME, billing.account(bearer)),
            Told.by(BillingClient.NAME, billing.preview(bearer)),
            Told.by(BillingClient.NAME, billing.invoices(bearer, INVOICES, null)),
            Told.by(BillingClient.NAME, billing.prices(bearer)))
        .asTuple()
        .map(
            told ->
                BillingPage.of(told.getItem1(), told.getItem2(), told.getItem3(), told.getItem4()))
        .chain(page -> Templates.billing(frame, page).createUni());
  }

  @GET
  @Path("/ledger")
  public Uni<String> ledger(@RestQuery String after) {
    Frame frame = visitor.frame("Ledger", Section.BILLING);
    return Told.orProblem(billing.ledger(visitor.bearer(), LEDGER, after))
        .chain(page -> Templates.ledger(frame, page).createUni());
  }

  /** Whether a month or an hour adds up, figure by figure; without a period the current month. */
  @GET
  @Path("/reconciliation")
  public Uni<String> reconcile(@RestQuery String period) {
    Frame frame = visitor.frame("Reconciliation", Section.BILLING);
    String asked =
        period == null || period.isBlank()
            ? YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).toString()
            : period.strip();
    return Told.orProblem(billing.reconciliation(visitor.bearer(), asked))
        .chain(page -> Templates.reconciliation(frame, asked, page).createUni());
  }

  /** Opens the payment provider's portal and shows the way to it. */
  @POST
  @Path("/portal")
  public Uni<String> portal(@RestForm String csrf) {
    visitor.changes(csrf);
    Frame frame = visitor.frame("Billing portal", Section.BILLING);
    return Told.orProblem(billing.portal(visitor.bearer()))
        .chain(page -> Templates.portal(frame, page).createUni());
  }
}
