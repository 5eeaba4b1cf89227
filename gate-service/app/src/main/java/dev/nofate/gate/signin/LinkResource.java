package dev.nofate.gate.signin;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Makes sign-in links, for the command line of a local stack. */
@Path("/v1/console-links")
@RolesAllowed(Scope.Names.ADMIN)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class LinkResource {

  private final SignIns signIns;
  private final CurrentCaller caller;

  LinkResource(SignIns signIns, CurrentCaller caller) {
    this.signIns = signIns;
    this.caller = caller;
  }

  /**
   * A wish for a link.
   *
   * @param role {@code admin} or {@code reader}
   * @param tenantId for the operator: whose console; absent for the caller's own
   */
  public record Wish(String role, TenantId tenantId) {}

  /**
   * A link.
   *
   * @param path path and query at the gateway
   * @param expiresAt RFC 3339 UTC
   */
  public record Link(String path, String expiresAt) {}

  /** Makes a link that is good once. */
  @POST
  @ResponseStatus(201)
  public Uni<Link> make(Wish wish) {
    if (wish == null || Role.of(wish.role()).isEmpty()) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "role is neither admin nor reader");
    }
    return signIns
        .link(tenant(wish), Role.of(wish.role()).get(), caller.get().actor())
        .map(
            link -> new Link("/console/sign-in?token=" + link.text(), link.expiresAt().toString()));
  }

  private TenantId tenant(Wish wish) {
    Caller who = caller.get();
    if (wish.tenantId() == null) {
      return who.tenant();
    }
    if (!who.operator() && !wish.tenantId().equals(who.tenant())) {
      throw ProblemException.notFound();
    }
    return wish.tenantId();
  }
}
