package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Databases.refuses;
import static dev.nofate.cli.readiness.Databases.value;
import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.verified;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the runtime logins may not do, found out by attempting it. */
record PrivilegeChecks(Databases databases) implements Register.Family {

  /** A table of each schema that belongs to another service. */
  private static final Map<String, String> FOREIGN =
      Map.of(
          Settings.GATE, "audit.audit_events",
          Settings.AUDIT, "billing.usage_ledger",
          Settings.BILLING, "gate.api_keys");

  @Override
  public void enter(Register register) {
    register
        .line("minimal-privileges", this::minimal)
        .line("log-privileges", this::log)
        .line("ledger-immutability", this::ledger);
  }

  private Outcome minimal() {
    List<String> faults = new ArrayList<>();
    int attempts = 0;
    for (var entry : Databases.SCHEMAS.entrySet()) {
      attempts += databases.as(entry.getKey(), it -> look(it, entry.getKey(), faults));
    }
    return faults.isEmpty()
        ? verified(
            "The runtime logins are no superusers, own nothing, make no roles, and %d attempts to make tables and"
                + " to read another service's schema were refused.",
            attempts)
        : failed("Runtime logins: %s.", String.join("; ", faults));
  }

  private static int look(Connection connection, String service, List<String> faults)
      throws SQLException {
    String user = value(connection, "SELECT current_user");
    String rights =
        value(
            connection,
            """
            SELECT concat_ws(', ', CASE WHEN rolsuper THEN 'superuser' END,
              CASE WHEN rolcreaterole THEN 'makes roles' END, CASE WHEN rolcreatedb THEN 'makes databases' END,
              CASE WHEN rolreplication THEN 'replicates' END, CASE WHEN rolbypassrls THEN 'passes row security' END)
            FROM pg_roles WHERE rolname = current_user
            """);
    if (rights != null && !rights.isEmpty()) {
      faults.add(user + ": " + rights);
    }
    String owned =
        value(
            connection,
            """
            SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = current_user
            """);
    if (!"0".equals(owned)) {
      faults.add(user + " owns " + owned + " tables or indexes");
    }
    String schema = Databases.SCHEMAS.get(service);
    List<String> attempts =
        List.of(
            "CREATE TABLE " + schema + ".readiness_probe (a int)",
            "SELECT FROM " + FOREIGN.get(service) + " LIMIT 1");
    for (String attempt : attempts) {
      if (!refuses(connection, attempt)) {
        faults.add(user + " was let through: " + attempt);
      }
    }
    return attempts.size();
  }

  private Outcome log() {
    return immutable(Settings.AUDIT, "audit.audit_events", "seq");
  }

  private Outcome ledger() {
    Outcome entries = immutable(Settings.BILLING, "billing.usage_ledger", "entry_no");
    return entries instanceof Outcome.Verified
        ? both(entries, immutable(Settings.BILLING, "billing.usage_reports", "entry_no"))
        : entries;
  }

  private static Outcome both(Outcome one, Outcome two) {
    return two instanceof Outcome.Verified ? verified("%s %s", one.says(), two.says()) : two;
  }

  /** Attempts that would change no row even where they are let through. */
  private Outcome immutable(String service, String table, String column) {
    return databases.as(
        service,
        connection -> {
          String user = value(connection, "SELECT current_user");
          List<String> passed = new ArrayList<>();
          List<String> attempts =
              List.of(
                  "UPDATE " + table + " SET " + column + " = " + column + " WHERE false",
                  "DELETE FROM " + table + " WHERE false",
                  "TRUNCATE " + table);
          for (String attempt : attempts) {
            if (!refuses(connection, attempt)) {
              passed.add(attempt.substring(0, attempt.indexOf(' ')));
            }
          }
          String triggers =
              value(
                  connection,
                  "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
                      + " AND tgrelid = '"
                      + table
                      + "'::regclass");
          if ("0".equals(triggers)) {
            passed.add("no trigger stands before the table");
          }
          return passed.isEmpty()
              ? verified(
                  "UPDATE, DELETE and TRUNCATE on %s, attempted by %s, are refused, and %s triggers refuse them to"
                      + " everybody.",
                  table, user, triggers)
              : failed("%s on %s: let through: %s.", user, table, String.join(", ", passed));
        });
  }

  @Override
  public String toString() {
    return "PrivilegeChecks";
  }
}
