package dev.nofate.billing.meterfault;

import dev.nofate.billing.outbox.Reason;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Usage that the provider's meter did not count, for the operator. */
@Path("/v1/billing/meter-faults")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.OPERATOR)
@Tag(name = "Operator")
public class MeterFaultResource {

  private static final int MOST = 1000;
  private static final Pattern USAGE_HASH = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final String EXAMPLE =
      "{\"rebill\":true,\"reason\":\"The customer had been deleted and was restored.\"}";

  private final Transactions transactions;
  private final MeterFaultStore store;
  private final Rebilling rebilling;
  private final CurrentCaller caller;

  public MeterFaultResource(
      Transactions transactions, MeterFaultStore store, Rebilling rebilling, CurrentCaller caller) {
    this.caller = caller;
    this.transactions = transactions;
    this.store = store;
    this.rebilling = rebilling;
  }

  @GET
  @Operation(
      operationId = "listMeterFaults",
      summary = "Usage that the provider accepted and did not count",
      description = "For the operator. Oldest first; those that were settled are left out.")
  @APIResponse(responseCode = "200", description = "At most 1000 of them")
  public Uni<Page<OpenFault>> list() {
    return transactions
        .run(Purpose.METER_FAULTS, connection -> store.open(connection, MOST))
        .map(found -> new Page<>(found, null));
  }

  @POST
  @Path("/{event}/settlement")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "settleMeterFault",
      summary = "Ends a fault of the meter",
      description =
          "For the operator. rebill: each entry that is known of it becomes an item of the"
              + " customer's next invoice, once; refused while fewer entries are known than the"
              + " provider did not count. usage_hashes adds entries by name. Audited in the chains"
              + " of the tenants concerned.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = FaultSettlement.class),
              examples = @ExampleObject(name = "billed otherwise", value = EXAMPLE)))
  @APIResponse(responseCode = "204", description = "Settled")
  @APIResponse(responseCode = "400", description = "The settlement is not well-formed")
  @APIResponse(responseCode = "404", description = "No open fault of this id")
  @APIResponse(
      responseCode = "409",
      description = "Fewer entries are known than were not counted; nothing was billed")
  @APIResponse(responseCode = "502", description = "The provider did not answer; nothing is lost")
  public Uni<Void> settle(@PathParam("event") String event, FaultSettlement settlement) {
    if (settlement == null || settlement.rebill() == null || !Reason.isGiven(settlement.reason())) {
      throw new ProblemException(
          ErrorCode.BAD_REQUEST, "rebill is absent, or reason is not " + Reason.FORM);
    }
    List<String> found = settlement.usageHashes() == null ? List.of() : settlement.usageHashes();
    if (found.size() > MOST
        || found.stream().anyMatch(hash -> hash == null || !USAGE_HASH.matcher(hash).matches())) {
      throw new ProblemException(
          ErrorCode.BAD_REQUEST, "usage_hashes is not a list of at most " + MOST + " usage hashes");
    }
    return rebilling.settle(
        event, settlement.rebill(), found, settlement.reason(), caller.get().actor());
  }

  /**
   * What an operator decided.
   *
   * @param rebill whether the entries are billed as items
   * @param usageHashes entries that are of the fault besides those that the provider named; may be
   *     absent
   * @param reason 1 to 500 characters
   */
  public record FaultSettlement(Boolean rebill, List<String> usageHashes, String reason) {}
}
