package dev.nofate.billing.standin;

import dev.nofate.embedded.DatabaseUrl;
import dev.nofate.embedded.PartsTestResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A look into the database, as one of its logins. */
public final class Database {

  private Database() {}

  /** Runs statements that must succeed or fail as that login. */
  public static void execute(String login, String sql) throws SQLException {
    run(PartsTestResource.login(login), sql);
  }

  /** Runs statements as the superuser, in the schema of this service. */
  public static void tamper(String sql) {
    try {
      run(PartsTestResource.superuser(), "SET search_path = billing; " + sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of a query over all tenants. */
  public static List<String> column(String sql) {
    try (Connection connection = PartsTestResource.superuser().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = billing");
      List<String> values = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection = url.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
