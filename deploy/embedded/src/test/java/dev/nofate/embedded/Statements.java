package dev.nofate.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Single statements, each on a connection of its own, as the server's superuser. */
final class Statements {

  private Statements() {}

  static void execute(EmbeddedPostgres17 server, String sql) throws SQLException {
    try (Connection connection = server.superuser().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row. */
  static String value(EmbeddedPostgres17 server, String sql) throws SQLException {
    try (Connection connection = server.superuser().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
