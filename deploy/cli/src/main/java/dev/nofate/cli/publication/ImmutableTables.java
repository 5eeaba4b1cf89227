package dev.nofate.cli.publication;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.publication.ContractLine.Notes;
import dev.nofate.embedded.DatabaseUrl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Invariant I4: audit events and ledger entries come and stay. No statement that changes them is in
 * the code or the migrations, and the database refuses each, tried by every login.
 */
final class ImmutableTables {

  /** What the audit log and the ledger consist of; partitions are found in the database. */
  static final List<String> TABLES =
      List.of(
          "audit.audit_events",
          "audit.audit_appends",
          "billing.usage_ledger",
          "billing.usage_reports",
          "billing.price_book");

  private static final String NAMES =
      "(?:(?:audit|billing)\\.)?(?:audit_events|audit_appends|usage_ledger|usage_reports|price_book)\\w*";

  private static final List<Pattern> CHANGES =
      List.of(
          statement("UPDATE\\s+(?:ONLY\\s+)?" + NAMES + "\\b"),
          statement("DELETE\\s+FROM\\s+(?:ONLY\\s+)?" + NAMES + "\\b"),
          statement("TRUNCATE\\s+(?:TABLE\\s+)?(?:ONLY\\s+)?" + NAMES + "\\b"),
          statement("MERGE\\s+INTO\\s+(?:ONLY\\s+)?" + NAMES + "\\b"),
          statement("DROP\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?" + NAMES + "\\b"),
          statement(
              "INSERT\\s+INTO\\s+" + NAMES + "\\b[^;]*\\bON\\s+CONFLICT\\b[^;]*\\bDO\\s+UPDATE"),
          statement(
              "GRANT\\s+[^;]*\\b(?:UPDATE|DELETE|TRUNCATE|ALL)\\b[^;]*\\bON\\b[^;]*\\b"
                  + NAMES
                  + "\\b"),
          statement("DISABLE\\s+TRIGGER"),
          statement("DROP\\s+TRIGGER"),
          statement("session_replication_role"));

  /** Not allowed to, or stopped by a trigger: whatever else fails was not refused. */
  private static final List<String> REFUSED = List.of("42501", "55000", "23001");

  private final Notes notes = new Notes("Verify audit log has no UPDATE/DELETE permissions");
  private final Built built;
  private final ScratchDatabase database;

  ImmutableTables(Built built, ScratchDatabase database) {
    this.built = built;
    this.database = database;
  }

  ContractLine check() {
    statements();
    try {
      privileges();
    } catch (SQLException e) {
      throw new CommandFailure("the privileges cannot be tried: " + e.getMessage(), e);
    }
    return notes.line();
  }

  private void statements() {
    int texts = 0;
    for (var folder : built.classes().entrySet()) {
      // This list of statements is itself in the command line's classes.
      if (folder.getKey().equals(CodeBase.compiled(built.code().root(), "deploy/cli"))) {
        continue;
      }
      for (ClassFacts type : folder.getValue()) {
        texts += type.texts().size();
        type.texts().forEach(text -> look(type.readableName(), text));
      }
    }
    int scripts = 0;
    for (Path folder : built.code().migrations()) {
      for (Path script : CodeBase.files(folder, ".sql")) {
        scripts++;
        look(built.code().name(script), Texts.of(script).replaceAll("--[^\\n]*", " "));
      }
    }
    notes.demand(scripts > 0, "migrations", "no migration was found");
    notes.checked(
        "statements: %d string constants of the services and %d migrations hold none that changes %s",
        texts, scripts, TABLES);
  }

  private void look(String place, String text) {
    for (Pattern change : CHANGES) {
      var found = change.matcher(text);
      if (found.find()) {
        notes.differs(place, found.group().replaceAll("\\s+", " "));
      }
    }
  }

  private void privileges() throws SQLException {
    List<String> tables = withPartitions();
    List<DatabaseUrl> logins = new ArrayList<>(List.of(database.superuser()));
    for (String schema : ScratchDatabase.SCHEMAS) {
      logins.add(database.login(schema + "_app"));
      logins.add(database.login(schema + "_owner"));
    }
    int tried = 0;
    for (DatabaseUrl login : logins) {
      try (Connection connection = login.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        for (String table : tables) {
          for (String sql : changesOf(table)) {
            tried++;
            attempt(connection, statement, login, sql);
          }
        }
      }
    }
    notes.checked(
        "privileges: %d statements (UPDATE, DELETE, TRUNCATE) on %d tables and partitions, tried by %d"
            + " logins, owners and the superuser included, are refused",
        tried, tables.size(), logins.size());
  }

  private void attempt(Connection connection, Statement statement, DatabaseUrl login, String sql)
      throws SQLException {
    try {
      statement.execute(sql);
      notes.differs(login.user(), "was not refused: " + sql);
    } catch (SQLException e) {
      if (!REFUSED.contains(e.getSQLState())) {
        notes.differs(login.user(), sql + " failed for another reason: " + e.getMessage());
      }
    } finally {
      connection.rollback();
    }
  }

  private List<String> withPartitions() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = database.superuser().connect();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        try (ResultSet rows =
            statement.executeQuery(
                """
                SELECT n.nspname || '.' || r.relname
                FROM pg_partition_tree('%s') t
                JOIN pg_class r ON r.oid = t.relid
                JOIN pg_namespace n ON n.oid = r.relnamespace
                """
                    .formatted(table))) {
          while (rows.next()) {
            tables.add(rows.getString(1));
          }
        }
        if (tables.stream().noneMatch(found -> found.startsWith(table))) {
          tables.add(table);
        }
      }
    }
    return tables;
  }

  /** Statements that would change nothing even if they were let through, for there is no row. */
  private static List<String> changesOf(String table) {
    String column =
        switch (table.substring(table.indexOf('.') + 1).replaceAll("_p\\d+$", "")) {
          case "audit_events" -> "seq = seq";
          case "audit_appends" -> "last_seq = last_seq";
          case "price_book" -> "version = version";
          default -> "entry_no = entry_no";
        };
    return List.of(
        "UPDATE " + table + " SET " + column,
        "DELETE FROM " + table,
        "TRUNCATE " + table + " CASCADE");
  }

  private static Pattern statement(String regex) {
    return Pattern.compile("\\b" + regex, Pattern.CASE_INSENSITIVE);
  }
}
