package dev.nofate.gate.declaration;

import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.ruleset.Rulesets;
import dev.nofate.kit.identity.CurrentCaller;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The declarations that the specification asks for, at its well-known place (RFC 8615). */
@Path("/.well-known/no-fate")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Declarations")
public class DeclarationResource {

  private final Declarations declarations;
  private final Rulesets rulesets;
  private final CurrentIdentityAssociation identity;

  DeclarationResource(
      Declarations declarations, Rulesets rulesets, CurrentIdentityAssociation identity) {
    this.declarations = declarations;
    this.rulesets = rulesets;
    this.identity = identity;
  }

  @GET
  @PermitAll
  @Operation(
      summary = "Tells what is claimed, taken and given",
      description =
          "Public. With a key that may read rulesets it also lists the tenant's own with their"
              + " digests; a key that is not known is refused.")
  @APIResponse(responseCode = "200", description = "The declaration")
  @APIResponse(responseCode = "401", description = "The key is not known")
  public Uni<Declaration> declaration() {
    return identity
        .getDeferredIdentity()
        .chain(
            who ->
                mayRead(who)
                    ? rulesets
                        .firstPage(CurrentCaller.of(who).tenant())
                        .map(page -> declarations.declaration(Optional.of(page)))
                    : Uni.createFrom().item(declarations.declaration(Optional.empty())));
  }

  private static boolean mayRead(SecurityIdentity who) {
    return who.hasRole(Scope.Names.EVALUATE) || who.hasRole(Scope.Names.RULESETS_WRITE);
  }
}
