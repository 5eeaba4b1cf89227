package dev.nofate.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a superuser does once per cluster before any service starts: the database, the logins, a
 * schema for each service. Running it again changes nothing but passwords that differ. The
 * statements stand in the two SQL files beside this class; passwords reach them as session
 * settings, so nothing is pasted into SQL text.
 */
public final class Bootstrap {

  public static final String DATABASE = "nofate";

  private Bootstrap() {}

  /**
   * Brings the cluster into shape.
   *
   * @return the superuser's way into the database {@value #DATABASE}
   */
  public static DatabaseUrl run(DatabaseUrl superuser, Logins logins) {
    DatabaseUrl inside = superuser.withDatabase(DATABASE);
    try {
      try (Connection connection = superuser.connect();
          Statement statement = connection.createStatement()) {
        for (String login : Logins.NAMES) {
          setPassword(connection, login, logins.password(login));
        }
        statement.execute(resource("bootstrap-cluster.sql"));
        if (!databaseExists(statement)) {
          statement.execute("CREATE DATABASE " + DATABASE);
        }
      }
      try (Connection connection = inside.connect();
          Statement statement = connection.createStatement()) {
        statement.execute(resource("bootstrap-database.sql"));
      }
      return inside;
    } catch (SQLException e) {
      throw new PartException("the database bootstrap failed: " + e.getMessage(), e);
    }
  }

  private static void setPassword(Connection connection, String login, String password)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT set_config(?, ?, false)")) {
      statement.setString(1, "nofate.password_" + login);
      statement.setString(2, password);
      statement.execute();
    }
  }

  private static boolean databaseExists(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
      return rows.next();
    }
  }

  private static String resource(String name) {
    try (InputStream in = Bootstrap.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PartException("cannot read " + name, e);
    }
  }
}
