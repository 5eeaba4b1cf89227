package dev.nofate.gate.signin;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.Scope;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Optional;

/**
 * Somebody at the console, however they came in.
 *
 * @param caller who they are to every service
 * @param tenantName what the operator calls their tenant
 * @param credential what the other services are shown
 * @param session the session of a sign-in link; empty for another identity
 */
public record Visit(
    Caller caller, String tenantName, String credential, Optional<Session> session) {

  /** Where an identity keeps it. */
  static final String ATTRIBUTE = "nofate.console.visit";

  /** The visit of an identity; empty when it is none. */
  public static Optional<Visit> of(SecurityIdentity identity) {
    return Optional.ofNullable(identity.getAttribute(ATTRIBUTE));
  }

  /** Whether a scope is among theirs. */
  public boolean may(Scope scope) {
    return caller.scopes().contains(scope);
  }

  /** Whether what is the tenant's to change may be changed. */
  public boolean admin() {
    return may(Scope.ADMIN);
  }

  /** Whether what is the operator's to change may be changed. */
  public boolean operator() {
    return caller.operator() && admin();
  }

  /** The role's name on the page. */
  public String roleName() {
    return operator() ? "operator" : admin() ? "admin" : "reader";
  }

  @Override
  public String toString() {
    return "Visit[" + caller.actor() + "]";
  }
}
