package dev.nofate.gate.console.page;

import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.signin.Visit;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;

/** Who is looking at the page being served, and whether a change of theirs passes. */
@RequestScoped
public class Visitor {

  private final SecurityIdentity identity;
  private final Frames frames;
  private final Csrf csrf;

  Visitor(SecurityIdentity identity, Frames frames, Csrf csrf) {
    this.identity = identity;
    this.frames = frames;
    this.csrf = csrf;
  }

  /** Who is looking. */
  public Visit visit() {
    return Visit.of(identity).orElseThrow(UnauthorizedException::new);
  }

  /** Whose data is looked at: from here and from nowhere else. */
  public TenantId tenant() {
    return visit().caller().tenant();
  }

  /** What the other services are shown: the visitor's own credential. */
  public String bearer() {
    return "Bearer " + visit().credential();
  }

  /** The frame of a page; 401 for a credential of the API, which opens none. */
  public Frame frame(String title, Section section) {
    visit();
    return frames.of(title, section, identity);
  }

  /** Lets a change of the tenant's own things pass; 403 for others and without the form's token. */
  public Visit changes(String token) {
    return changes(token, Scope.Names.ADMIN);
  }

  /** Lets a change that is the operator's pass. */
  public Visit operates(String token) {
    return changes(token, Scope.Names.OPERATOR);
  }

  /** Lets a form of anybody signed in pass that changes nothing of the tenant's. */
  public Visit asks(String token) {
    Visit visit = visit();
    csrf.check(visit, token);
    return visit;
  }

  private Visit changes(String token, String role) {
    if (!identity.hasRole(role)) {
      throw new ForbiddenException();
    }
    return asks(token);
  }
}
