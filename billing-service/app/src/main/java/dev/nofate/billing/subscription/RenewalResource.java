package dev.nofate.billing.subscription;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.outbox.Reason;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.subscription.UnbilledStore.Unbilled;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Another subscription in the place of one that has ended, on the operator's word. */
@Path("/v1/billing/accounts/{tenant}/subscription")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.OPERATOR)
@Tag(name = "Operator")
public class RenewalResource {

  private static final String EXAMPLE = "{\"reason\":\"Cancelled in the dashboard by mistake.\"}";

  private final Transactions transactions;
  private final Accounts accounts;
  private final AccountStore store;
  private final UnbilledUsage unbilled;
  private final Outbox outbox;
  private final DatabaseClock clock;
  private final CurrentCaller caller;

  public RenewalResource(
      Transactions transactions,
      Accounts accounts,
      AccountStore store,
      UnbilledUsage unbilled,
      Outbox outbox,
      DatabaseClock clock,
      CurrentCaller caller) {
    this.caller = caller;
    this.transactions = transactions;
    this.accounts = accounts;
    this.store = store;
    this.unbilled = unbilled;
    this.outbox = outbox;
    this.clock = clock;
  }

  @POST
  @Operation(
      operationId = "renewSubscription",
      summary = "Makes another subscription in the place of one that has ended",
      description =
          "For the operator. Usage from before its start, and usage that was metered into the"
              + " ended one and is on no invoice, is billed as items of its first invoice."
              + " Audited in the tenant's chain with the reason.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = Renewal.class),
              examples = @ExampleObject(name = "a mistake", value = EXAMPLE)))
  @APIResponse(responseCode = "204", description = "The account has a subscription that goes on")
  @APIResponse(responseCode = "400", description = "No reason of 1 to 500 characters")
  @APIResponse(responseCode = "404", description = "No account of this tenant")
  @APIResponse(responseCode = "409", description = "The subscription has not ended")
  @APIResponse(
      responseCode = "502",
      description = "The provider did not do all of it; nothing is billed twice")
  public Uni<Void> renew(@PathParam("tenant") TenantId tenant, Renewal renewal) {
    if (renewal == null || !Reason.isGiven(renewal.reason())) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "reason is not " + Reason.FORM);
    }
    UUID actor = caller.get().actor();
    return Transactions.detached(
            accounts
                .require(tenant)
                .invoke(RenewalResource::requireEnded)
                .flatMap(unbilled::bill)
                .flatMap(
                    billed ->
                        transactions.run(
                            tenant,
                            connection ->
                                setAside(connection, tenant, billed, renewal.reason(), actor)))
                .flatMap(done -> accounts.open(tenant)))
        .invoke(
            account -> {
              if (account.subscriptionId() == null) {
                throw new ProblemException(
                    ErrorCode.BAD_GATEWAY, "The provider made no subscription yet");
              }
            })
        .replaceWithVoid();
  }

  private static void requireEnded(Account account) {
    if (!account.subscription().hasEnded()) {
      throw new ProblemException(ErrorCode.CONFLICT, "The account's subscription has not ended");
    }
  }

  private Uni<Void> setAside(
      SqlConnection connection, TenantId tenant, List<Unbilled> billed, String reason, UUID actor) {
    return store
        .lock(connection, tenant)
        .map(found -> found.orElseThrow(ProblemException::notFound))
        .invoke(RenewalResource::requireEnded)
        .call(account -> store.renew(connection, tenant))
        .call(
            account ->
                clock
                    .now(connection)
                    .flatMap(
                        now ->
                            outbox.add(
                                connection,
                                tenant,
                                "admin_action",
                                payload(account, billed, reason, actor),
                                now)))
        .replaceWithVoid();
  }

  private static Map<String, Object> payload(
      Account account, List<Unbilled> billed, String reason, UUID actor) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("action", "subscription_renewed");
    payload.put("actor", actor.toString());
    payload.put("replaced", account.subscriptionId());
    payload.put("rebilled_entries", billed.size());
    payload.put("rebilled_cents", billed.stream().mapToLong(Unbilled::cents).sum());
    payload.put("reason", reason);
    return payload;
  }

  /**
   * Why an operator acts.
   *
   * @param reason 1 to 500 characters; stands in the tenant's audit log
   */
  public record Renewal(String reason) {}
}
