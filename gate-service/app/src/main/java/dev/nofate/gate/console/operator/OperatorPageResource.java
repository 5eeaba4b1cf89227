package dev.nofate.gate.console.operator;

import dev.nofate.gate.console.billing.PriceRow;
import dev.nofate.gate.console.page.Back;
import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Notice;
import dev.nofate.gate.console.page.Numbers;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.console.remote.BillingClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.tenant.TenantResource;
import dev.nofate.kit.problem.ProblemException;
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
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** What is the operator's: tenants, what waits for a person, the price book. */
@Path("/console/operator")
@RolesAllowed(Scope.Names.OPERATOR)
@Produces(MediaType.TEXT_HTML)
public class OperatorPageResource {

  private static final String HOME = "/console/operator";
  private static final String TENANTS = "50";
  private static final int PARKED = 100;
  private static final int PRICES = 20;
  private static final long LARGEST = (1L << 53) - 1;

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance operator(Frame frame, OperatorPage page);
  }

  private final TenantResource tenants;
  private final BillingClient billing;
  private final Visitor visitor;

  OperatorPageResource(TenantResource tenants, @RestClient BillingClient billing, Visitor visitor) {
    this.tenants = tenants;
    this.billing = billing;
    this.visitor = visitor;
  }

  @GET
  public Uni<String> show(@RestQuery String after) {
    visitor.visit();
    Frame frame = visitor.frame("Operator", Section.OPERATOR);
    return Uni.combine()
        .all()
        .unis(
            tenants.list(after, TENANTS),
            Told.by(BillingClient.NAME, billing.parked(visitor.bearer(), PARKED)),
            Told.by(BillingClient.NAME, billing.prices(visitor.bearer())),
            Told.by(BillingClient.NAME, billing.meterFaults(visitor.bearer())),
            Told.by(BillingClient.NAME, billing.heldReports(visitor.bearer())))
        .asTuple()
        .map(
            told ->
                new OperatorPage(
                    told.getItem1(),
                    UUID.randomUUID(),
                    told.getItem2().get().map(Page::items).orElse(null),
                    told.getItem2().observed(),
                    told.getItem3()
                        .get()
                        .map(page -> page.items().stream().limit(PRICES).map(PriceRow::of).toList())
                        .orElse(null),
                    told.getItem3().observed(),
                    told.getItem4().get().map(Page::items).orElse(null),
                    told.getItem4().observed(),
                    told.getItem5().get().map(Page::items).orElse(null),
                    told.getItem5().observed()))
        .chain(page -> Templates.operator(frame, page).createUni());
  }

  /** Has a webhook event worked off again; its work has no second effect. */
  @POST
  @Path("/webhooks/{event}/replay")
  public Uni<RestResponse<String>> replay(@PathParam("event") String event, @RestForm String csrf) {
    visitor.operates(csrf);
    return Told.orProblem(billing.replayWebhook(visitor.bearer(), event))
        .map(done -> Back.to(HOME, Notice.WEBHOOK_WAITS));
  }

  /** Adds a version to the price book, for everybody or for one tenant. */
  @POST
  @Path("/prices")
  public Uni<RestResponse<String>> price(
      @RestForm String csrf,
      @RestForm String tenant,
      @RestForm String from,
      @RestForm String in,
      @RestForm String out,
      @RestForm String gate,
      @RestForm String event) {
    visitor.operates(csrf);
    BillingClient.Offer offer =
        new BillingClient.Offer(
            tenant == null || tenant.isBlank() ? null : tenant(tenant.strip()),
            from == null ? "" : from.strip(),
            Numbers.whole("in", in, 0, LARGEST),
            Numbers.whole("out", out, 0, LARGEST),
            Numbers.whole("gate", gate, 0, LARGEST),
            Numbers.whole("event", event, 0, LARGEST));
    return Told.orProblem(billing.addPrices(visitor.bearer(), offer))
        .map(added -> Back.to(HOME, Notice.PRICES_ADDED));
  }

  static TenantId tenant(String text) {
    try {
      return TenantId.lenient(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
  }
}
