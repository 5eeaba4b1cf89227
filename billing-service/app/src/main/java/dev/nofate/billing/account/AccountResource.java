package dev.nofate.billing.account;

import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A tenant's account. */
@Path("/v1/billing/account")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.BILLING_READ)
@Tag(name = "Account")
public class AccountResource {

  private static final String EXAMPLE =
      """
      {"tenant_id":"018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11","standing":"GRACE",
       "grace_until":"2026-11-26T10:00:00.000000Z",
       "stripe_customer_id":"cus_mock_018f3a3e7c1a7b6e9d650a5a3c9f2b11",
       "subscription_status":"active","version":1}
      """;

  private final Accounts accounts;
  private final CurrentCaller caller;

  public AccountResource(Accounts accounts, CurrentCaller caller) {
    this.accounts = accounts;
    this.caller = caller;
  }

  @GET
  @Operation(
      operationId = "showAccount",
      summary = "The caller's account and its standing",
      description = "404 while the tenant has no account.")
  @APIResponse(
      responseCode = "200",
      description = "The account",
      content =
          @Content(
              schema = @Schema(implementation = AccountView.class),
              examples = @ExampleObject(name = "in grace", value = EXAMPLE)))
  @APIResponse(
      responseCode = "404",
      description = "No account",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Uni<AccountView> show() {
    return accounts.require(caller.tenant()).map(AccountView::of);
  }
}
