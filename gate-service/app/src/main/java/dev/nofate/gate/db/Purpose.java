package dev.nofate.gate.db;

import java.util.Locale;

/**
 * Why rows of more than one tenant are read or written. Each has policies of its own in the
 * database, which open the tables and commands that it is about and no others.
 */
public enum Purpose {
  /** Whose a key or an organization is: nobody's tenant is known yet. */
  AUTHENTICATION,
  /** When keys were last used, written for many at once. */
  LAST_USE,
  /** Contents past their tenant's period, and erasures that the log does not have yet. */
  RETENTION,
  /** Whose stored evaluations are derived again; the evaluations are read as their tenant's. */
  REEXECUTION,
  /** The operator's list of tenants. */
  TENANTS;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
