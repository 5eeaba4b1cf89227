package dev.nofate.embedded;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The passwords of the six database logins, by login name. {@link #toString} shows the names alone.
 */
public record Logins(Map<String, String> passwords) {

  /** An owner (migrations) and a runtime login a schema. */
  public static final List<String> NAMES =
      List.of("gate_owner", "gate_app", "audit_owner", "audit_app", "billing_owner", "billing_app");

  public Logins {
    passwords = Map.copyOf(passwords);
    if (!passwords.keySet().equals(java.util.Set.copyOf(NAMES))) {
      throw new IllegalArgumentException("a password for each of " + NAMES + " and no other login");
    }
  }

  /** Passwords made by a function of the login's name. */
  public static Logins of(UnaryOperator<String> password) {
    Map<String, String> passwords = new TreeMap<>();
    NAMES.forEach(name -> passwords.put(name, password.apply(name)));
    return new Logins(passwords);
  }

  String password(String login) {
    return passwords.get(login);
  }

  @Override
  public String toString() {
    return "Logins" + NAMES;
  }
}
