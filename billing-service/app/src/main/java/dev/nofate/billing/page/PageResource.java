package dev.nofate.billing.page;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.page.PaymentMethods.Adoption;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.RefusedException;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The payment provider's own pages for a tenant; no card ever reaches this service. */
@Path("/v1/billing")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.ADMIN)
@Tag(name = "Account")
public class PageResource {

  private static final Pattern PAGE = Pattern.compile("cs_[A-Za-z0-9_]{1,200}");

  private final Accounts accounts;
  private final PaymentProvider provider;
  private final PaymentMethods methods;
  private final CurrentCaller caller;

  public PageResource(
      Accounts accounts, PaymentProvider provider, PaymentMethods methods, CurrentCaller caller) {
    this.accounts = accounts;
    this.provider = provider;
    this.methods = methods;
    this.caller = caller;
  }

  @POST
  @Path("/payment-method")
  @ResponseStatus(201)
  @Operation(
      operationId = "openPaymentMethodPage",
      summary = "Opens the provider's page on which the caller gives a payment method",
      description =
          "Stripe Checkout in setup mode: nothing is paid. It sends the customer back to"
              + " the configured address with the page's id in the parameter page.")
  @APIResponse(responseCode = "201", description = "The page's address, valid for a short time")
  @APIResponse(responseCode = "404", description = "No account")
  @APIResponse(responseCode = "502", description = "The provider did not answer")
  public Uni<PageAddress> paymentMethod() {
    return open(account -> provider.setupPage(account.customerId()));
  }

  @POST
  @Path("/payment-method/{page}/adoption")
  @Operation(
      operationId = "adoptPaymentMethod",
      summary = "Has invoices paid with the payment method given on a page",
      description = "The same page again changes nothing.")
  @APIResponse(responseCode = "204", description = "Invoices are paid with it")
  @APIResponse(responseCode = "404", description = "No completed page of the caller has this id")
  @APIResponse(
      responseCode = "409",
      description = "A page opened later was adopted, or another one is being adopted")
  @APIResponse(responseCode = "502", description = "The provider did not answer")
  public Uni<Void> adopt(@PathParam("page") String page) {
    if (!PAGE.matcher(page).matches()) {
      throw ProblemException.notFound();
    }
    return accounts
        .requireOpen(caller.tenant())
        .invoke(PageResource::refuseNobody)
        .flatMap(
            account ->
                methods
                    .adopt(account, page)
                    .onFailure(RefusedException.class)
                    .recoverWithItem(Adoption.NOT_COMPLETED)
                    .onFailure(failure -> !(failure instanceof ProblemException))
                    .transform(PageResource::noAnswer))
        .invoke(PageResource::requireAdopted)
        .replaceWithVoid();
  }

  private static void requireAdopted(Adoption adoption) {
    switch (adoption) {
      case ADOPTED, KNOWN -> {}
      case OVERTAKEN ->
          throw new ProblemException(ErrorCode.CONFLICT, "A page opened later was adopted");
      case NOT_COMPLETED -> throw ProblemException.notFound();
    }
  }

  @POST
  @Path("/portal")
  @ResponseStatus(201)
  @Operation(
      operationId = "openPortal",
      summary = "Opens the provider's billing portal for the caller",
      description = "Invoices, receipts and payment methods.")
  @APIResponse(responseCode = "201", description = "The portal's address, valid for a short time")
  @APIResponse(responseCode = "404", description = "No account")
  @APIResponse(responseCode = "502", description = "The provider did not answer")
  public Uni<PageAddress> portal() {
    return open(account -> provider.portalPage(account.customerId()));
  }

  private Uni<PageAddress> open(Function<Account, Uni<String>> page) {
    return accounts
        .requireOpen(caller.tenant())
        .invoke(PageResource::refuseNobody)
        .flatMap(account -> page.apply(account).onFailure().transform(PageResource::noAnswer))
        .map(PageAddress::new);
  }

  private static void refuseNobody(Account account) {
    if (!account.isBilled()) {
      throw ProblemException.notFound();
    }
  }

  private static ProblemException noAnswer(Throwable failure) {
    return new ProblemException(ErrorCode.BAD_GATEWAY, "The provider did not do it");
  }

  /**
   * Where a page is.
   *
   * @param url its address
   */
  public record PageAddress(String url) {}
}
