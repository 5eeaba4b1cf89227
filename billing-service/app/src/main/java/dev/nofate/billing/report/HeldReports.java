package dev.nofate.billing.report;

import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.outbox.Reason;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reports that only a person can settle, who looked at the provider's own pages. */
@Path("/v1/billing/held-reports")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.OPERATOR)
@Tag(name = "Operator")
public class HeldReports {

  private static final int MOST = 1000;

  private static final String EXAMPLE =
      """
      {"delivered":true,"reason":"The meter's page shows the event of 10:59:59."}
      """;

  private final Transactions transactions;
  private final AccountStore accounts;
  private final AttemptStore attempts;
  private final UsageReporting reporting;
  private final Outbox outbox;
  private final DatabaseClock clock;
  private final CurrentCaller caller;

  public HeldReports(
      Transactions transactions,
      AccountStore accounts,
      AttemptStore attempts,
      UsageReporting reporting,
      Outbox outbox,
      DatabaseClock clock,
      CurrentCaller caller) {
    this.caller = caller;
    this.transactions = transactions;
    this.accounts = accounts;
    this.attempts = attempts;
    this.reporting = reporting;
    this.outbox = outbox;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "listHeldReports",
      summary = "Reports whose outcome at the provider could not be found out",
      description = "For the operator. The entries behind a held one wait for it.")
  @APIResponse(responseCode = "200", description = "At most 1000 of them")
  public Uni<Page<HeldReport>> list() {
    return transactions
        .run(Purpose.HELD_REPORTS, connection -> attempts.held(connection, MOST))
        .map(found -> new Page<>(found, null));
  }

  @POST
  @Path("/{tenant}/{entry}/settlement")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "settleHeldReport",
      summary = "Says whether a held report reached the provider",
      description =
          "For the operator. delivered: the entry counts as reported. Not delivered: it is sent"
              + " again. Audited in the tenant's chain.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = Settlement.class),
              examples = @ExampleObject(name = "seen", value = EXAMPLE)))
  @APIResponse(responseCode = "204", description = "Settled")
  @APIResponse(responseCode = "400", description = "The settlement is not well-formed")
  @APIResponse(responseCode = "404", description = "No report of this entry is held")
  public Uni<Void> settle(
      @PathParam("tenant") TenantId tenant, @PathParam("entry") long entry, Settlement settlement) {
    if (settlement == null
        || settlement.delivered() == null
        || !Reason.isGiven(settlement.reason())) {
      throw new ProblemException(
          ErrorCode.BAD_REQUEST, "delivered is absent, or reason is not " + Reason.FORM);
    }
    UUID actor = caller.get().actor();
    return transactions
        .run(tenant, connection -> requireHeld(connection, tenant, entry))
        .flatMap(
            held ->
                settlement.delivered()
                    ? reporting.settle(tenant, entry, "settled by the operator")
                    : Uni.createFrom().voidItem())
        .flatMap(
            done ->
                transactions.run(
                    tenant, connection -> release(connection, tenant, entry, settlement, actor)));
  }

  private Uni<Void> requireHeld(SqlConnection connection, TenantId tenant, long entry) {
    return accounts
        .lock(connection, tenant)
        .flatMap(locked -> attempts.isHeld(connection, tenant, entry))
        .invoke(
            held -> {
              if (!held) {
                throw ProblemException.notFound();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> release(
      SqlConnection connection, TenantId tenant, long entry, Settlement settlement, UUID actor) {
    Uni<Void> released =
        settlement.delivered()
            ? attempts.released(connection, tenant, entry)
            : attempts.forget(connection, tenant, entry);
    return released
        .flatMap(done -> clock.now(connection))
        .flatMap(
            now ->
                outbox.add(
                    connection, tenant, "admin_action", payload(entry, settlement, actor), now));
  }

  private static Map<String, Object> payload(long entry, Settlement settlement, UUID actor) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("action", "report_settled");
    payload.put("actor", actor.toString());
    payload.put("before", Map.of("held", true));
    payload.put("after", Map.of("held", false));
    payload.put("entry_no", entry);
    payload.put("delivered", settlement.delivered());
    payload.put("reason", settlement.reason());
    return payload;
  }

  /**
   * What an operator found out.
   *
   * @param delivered whether the provider has the usage
   * @param reason how that is known, 1 to 500 characters
   */
  public record Settlement(Boolean delivered, String reason) {}
}
