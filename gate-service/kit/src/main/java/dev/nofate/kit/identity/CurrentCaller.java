package dev.nofate.kit.identity;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The caller of the request being served. The tenant comes from here and from nowhere else. */
@RequestScoped
public class CurrentCaller {

  /** The attribute of an identity that holds its {@link Caller}. */
  public static final String ATTRIBUTE = "nofate.caller";

  private final SecurityIdentity identity;

  public CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /**
   * Who is calling.
   *
   * @throws UnauthorizedException when nobody was identified
   */
  public Caller get() {
    return of(identity);
  }

  /**
   * Who an identity is.
   *
   * @throws UnauthorizedException when nobody was identified
   */
  public static Caller of(SecurityIdentity identity) {
    Caller caller = identity.getAttribute(ATTRIBUTE);
    if (caller == null) {
      throw new UnauthorizedException();
    }
    return caller;
  }

  /** The caller's tenant. */
  public TenantId tenant() {
    return get().tenant();
  }

  /**
   * The tenant that the caller acts for: its own, or the one that the operator names.
   *
   * @throws ProblemException 404 when somebody else names a foreign tenant, as for a missing one
   */
  public TenantId tenant(Optional<String> named) {
    Caller who = get();
    if (named.isEmpty()) {
      return who.tenant();
    }
    TenantId tenant;
    try {
      tenant = TenantId.lenient(named.get());
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
    if (!who.operator() && !tenant.equals(who.tenant())) {
      throw ProblemException.notFound();
    }
    return tenant;
  }
}
