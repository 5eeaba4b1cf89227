package dev.nofate.gate.signin;

import dev.nofate.gate.contract.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What somebody at the console may do. */
public enum Role implements Holder {
  /** Sees everything of the tenant and changes what is the tenant's to change. */
  ADMIN(EnumSet.allOf(Scope.class)),
  /**
   * Sees the tenant's evaluations, log and bill, and changes nothing: the scope lets evaluations be
   * read, and no address that decides takes a session's credential.
   */
  READER(EnumSet.of(Scope.EVALUATE, Scope.AUDIT_READ, Scope.BILLING_READ));

  private final Set<Scope> scopes;

  Role(Set<Scope> scopes) {
    this.scopes = scopes;
  }

  /** What the role may do. */
  public Set<Scope> scopes() {
    return Set.copyOf(scopes);
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String roleName() {
    return wireName();
  }

  static Optional<Role> of(String wireName) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(wireName)).findFirst();
  }
}
