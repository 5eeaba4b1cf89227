package dev.nofate.gate.attestation;

import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.id.DerivedId;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The operator's word on a document, as its digest in the operator's own chain. */
@Path("/v1/admin/attestations")
@RolesAllowed(Scope.Names.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Operator")
public class AttestationResource {

  private final AuditLog audit;
  private final CurrentCaller caller;

  AttestationResource(AuditLog audit, CurrentCaller caller) {
    this.audit = audit;
    this.caller = caller;
  }

  @POST
  @ResponseStatus(201)
  @Operation(
      summary = "Records the digest of a document in the operator's audit log",
      description =
          "For the operator. An admin_action with the digest, what it is about and who called;"
              + " nothing else of the document. The same digest by the same caller again adds nothing.")
  @APIResponse(
      responseCode = "201",
      description = "Recorded",
      content = @Content(schema = @Schema(implementation = Attested.class)))
  @APIResponse(responseCode = "400", description = "BAD_REQUEST")
  @APIResponse(responseCode = "503", description = "AUDIT_UNAVAILABLE")
  public Uni<Attested> attest(@NotNull @Valid AttestationRequest request) {
    Caller by = caller.get();
    return audit
        .append(
            by.tenant(),
            DerivedId.of("attestation", by.actor(), request.about(), request.digest()),
            EventType.ADMIN_ACTION,
            null,
            Map.of(
                "action", "attested",
                "about", request.about(),
                "actor", by.actor().toString(),
                "digest", request.digest()))
        .map(receipt -> attested(request, receipt));
  }

  private static Attested attested(AttestationRequest request, AppendReceipt receipt) {
    return new Attested(request.about(), request.digest(), receipt.firstSeq(), receipt.at());
  }
}
