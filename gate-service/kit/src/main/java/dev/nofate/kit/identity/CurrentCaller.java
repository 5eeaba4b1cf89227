package dev.nofate.kit.identity;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;

/** The caller of the request being served. The tenant comes from here and from nowhere else. */
@RequestScoped
public class CurrentCaller {

  static final String ATTRIBUTE = "nofate.caller";

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
}
