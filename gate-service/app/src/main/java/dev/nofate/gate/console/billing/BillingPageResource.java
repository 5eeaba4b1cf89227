package dev.nofate.gate.console.billing;

import dev.nofate.gate.console.page.Back;
import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Notice;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.console.remote.BillingClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.problem.ProblemException;
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
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The tenant's bill: the month so far, the ledger, invoices, prices. */
@Path("/console/billing")
@RolesAllowed(Scope.Names.BILLING_READ)
@Produces(MediaType.TEXT_HTML)
public class BillingPageResource {

  private static final int INVOICES = 20;
  private static final int LEDGER = 50;
  private static final Pattern SETUP = Pattern.compile("cs_[A-Za-z0-9_]{1,200}");

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance billing(Frame frame, BillingPage page, String setup);

    static native TemplateInstance ledger(Frame frame, Page<BillingClient.Entry> page);

    static native TemplateInstance reconciliation(
        Frame frame, String period, BillingClient.Reconciliation page);

    static native TemplateInstance provider(Frame frame, BillingClient.Address page);
  }

  private final BillingClient billing;
  private final Visitor visitor;
  private final InstantSource clock;

  BillingPageResource(@RestClient BillingClient billing, Visitor visitor, InstantSource clock) {
    this.billing = billing;
    this.visitor = visitor;
    this.clock = clock;
  }

  /**
   * The bill.
   *
   * @param page where the provider led back from its page for payment methods: that page's id
   */
  @GET
  public Uni<String> show(@RestQuery String page) {
    String setup = page != null && SETUP.matcher(page).matches() ? page : null;
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
        .chain(bill -> Templates.billing(frame, bill, setup).createUni());
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
        .chain(page -> Templates.provider(frame, page).createUni());
  }

  /** Opens the provider's page on which a payment method is given, and shows the way to it. */
  @POST
  @Path("/payment-method")
  public Uni<String> paymentMethod(@RestForm String csrf) {
    visitor.changes(csrf);
    Frame frame = visitor.frame("Payment method", Section.BILLING);
    return Told.orProblem(billing.paymentMethod(visitor.bearer()))
        .chain(page -> Templates.provider(frame, page).createUni());
  }

  /** Has invoices paid with what was given on the provider's page. */
  @POST
  @Path("/payment-method/adoption")
  public Uni<RestResponse<String>> adopt(@RestForm String csrf, @RestForm String page) {
    visitor.changes(csrf);
    if (page == null || !SETUP.matcher(page).matches()) {
      throw ProblemException.notFound();
    }
    return Told.orProblem(billing.adopt(visitor.bearer(), page))
        .map(done -> Back.to("/console/billing", Notice.PAYMENT_METHOD_SET));
  }
}
