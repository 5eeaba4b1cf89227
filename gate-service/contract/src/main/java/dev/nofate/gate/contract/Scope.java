package dev.nofate.gate.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What an API key may do. The wire names double as role names inside the services. */
public enum Scope {
  EVALUATE(Scope.Names.EVALUATE),
  RULESETS_WRITE(Scope.Names.RULESETS_WRITE),
  AUDIT_READ(Scope.Names.AUDIT_READ),
  BILLING_READ(Scope.Names.BILLING_READ),
  ADMIN(Scope.Names.ADMIN);

  /** The wire names as constants, for {@code @RolesAllowed}. */
  public static final class Names {
    public static final String EVALUATE = "evaluate";
    public static final String RULESETS_WRITE = "rulesets:write";
    public static final String AUDIT_READ = "audit:read";
    public static final String BILLING_READ = "billing:read";
    public static final String ADMIN = "admin";

    /** Not a scope of its own: a key with scope {@code admin} of the operator's tenant. */
    public static final String OPERATOR = "operator";

    private Names() {}
  }

  private final String wireName;

  Scope(String wireName) {
    this.wireName = wireName;
  }

  /**
   * Finds the scope with this wire name.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static Scope of(String wireName) {
    return Arrays.stream(values())
        .filter(scope -> scope.wireName.equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown scope"));
  }

  @JsonValue
  public String wireName() {
    return wireName;
  }
}
