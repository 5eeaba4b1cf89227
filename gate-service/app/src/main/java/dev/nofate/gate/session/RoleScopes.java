package dev.nofate.gate.session;

import dev.nofate.gate.contract.Scope;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a role in an organization may do. */
record RoleScopes(Map<String, Set<Scope>> byRole) {

  static final String DEFAULT =
      "admin=evaluate rulesets:write audit:read billing:read admin;"
          + "member=evaluate audit:read billing:read";

  private static final Pattern ENTRY = Pattern.compile("\\s*([^=\\s]+)\\s*=\\s*(.*?)\\s*");
  private static final Pattern BLANK = Pattern.compile("\\s+");

  /**
   * Reads {@code role=scope scope;role=scope}.
   *
   * @throws IllegalStateException when it is not of that form, names a role twice or an unknown
   *     scope
   */
  static RoleScopes parse(String text) {
    try {
      return new RoleScopes(
          Arrays.stream(text.split(";"))
              .filter(entry -> !entry.isBlank())
              .map(RoleScopes::entry)
              .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IllegalStateException(
          "CLERK_ROLE_SCOPES is not of the form role=scope scope;role=scope: " + e.getMessage(), e);
    }
  }

  /** The role's scopes: none when it is not named. */
  Set<Scope> of(String role) {
    return role == null ? Set.of() : byRole.getOrDefault(role, Set.of());
  }

  private static Map.Entry<String, Set<Scope>> entry(String text) {
    var parts = ENTRY.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("an entry has no =");
    }
    Set<Scope> scopes =
        BLANK
            .splitAsStream(parts.group(2))
            .filter(scope -> !scope.isEmpty())
            .map(Scope::of)
            .collect(Collectors.toUnmodifiableSet());
    return Map.entry(parts.group(1), scopes);
  }
}
