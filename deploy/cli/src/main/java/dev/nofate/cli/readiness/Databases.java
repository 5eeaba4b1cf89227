package dev.nofate.cli.readiness;

import dev.nofate.cli.CommandFailure;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The database as its logins see it. Nothing is kept: every statement is rolled back.
 *
 * @param settings where {@code DATABASE_URL} of the services is
 */
record Databases(Settings settings) {

  /** The services with a schema, and the schema's name. */
  static final Map<String, String> SCHEMAS = schemas();

  /** Not allowed to, or stopped by a trigger: whatever else fails was not refused. */
  private static final List<String> REFUSED = List.of("42501", "55000", "23001");

  private static final String SECONDS = "10";

  private static Map<String, String> schemas() {
    Map<String, String> schemas = new LinkedHashMap<>();
    schemas.put(Settings.GATE, "gate");
    schemas.put(Settings.AUDIT, "audit");
    schemas.put(Settings.BILLING, "billing");
    return schemas;
  }

  /** Work with one connection. */
  @FunctionalInterface
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** As the service's runtime login. */
  <T> T as(String service, Work<T> work) {
    return at(service, settings.need(service, "DATABASE_URL"), work);
  }

  /** As the service's migration login. */
  <T> T asOwner(String service, Work<T> work) {
    return at(service, settings.need(service, "DATABASE_OWNER_URL"), work);
  }

  private <T> T at(String service, String url, Work<T> work) {
    try (Connection connection = connect(url, settings.of(service, "DATABASE_CA_FILE"))) {
      connection.setAutoCommit(false);
      T seen = work.with(connection);
      connection.rollback();
      return seen;
    } catch (SQLException e) {
      if (e.getCause() instanceof java.net.UnknownHostException) {
        throw new OutOfReach("The database host of %s is not known here.", service);
      }
      throw new CommandFailure(
          "The database of %s: SQLSTATE %s, %s."
              .formatted(service, e.getSQLState(), firstLine(e.getMessage())),
          e);
    }
  }

  /** A connection of its own, which the caller closes. */
  static Connection connect(String text, Optional<String> authority) throws SQLException {
    URI url = URI.create(text);
    String[] login = url.getRawUserInfo() == null ? new String[0] : url.getRawUserInfo().split(":");
    if (login.length != 2 || url.getHost() == null) {
      throw new CommandFailure("A database URL is not postgresql://user:password@host/database.");
    }
    Properties properties = new Properties();
    properties.setProperty("user", decoded(login[0]));
    properties.setProperty("password", decoded(login[1]));
    properties.setProperty("connectTimeout", SECONDS);
    properties.setProperty("loginTimeout", SECONDS);
    properties.setProperty("socketTimeout", SECONDS);
    // A pooler in transaction mode keeps no prepared statement.
    properties.setProperty("prepareThreshold", "0");
    authority.ifPresent(
        file -> {
          properties.setProperty("sslmode", "verify-full");
          properties.setProperty("sslrootcert", file);
        });
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    int port = url.getPort() < 0 ? 5432 : url.getPort();
    return DriverManager.getConnection(
        "jdbc:postgresql://" + url.getHost() + ":" + port + url.getRawPath() + query, properties);
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The first column of every row, as text. */
  static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  static String value(Connection connection, String sql) throws SQLException {
    List<String> values = column(connection, sql);
    return values.isEmpty() ? null : values.get(0);
  }

  /** Attempts a statement and takes it back; whether the database refused it. */
  static boolean refuses(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return false;
    } catch (SQLException e) {
      if (REFUSED.contains(e.getSQLState())) {
        return true;
      }
      throw e;
    } finally {
      connection.rollback();
    }
  }

  private static String firstLine(String text) {
    return text == null ? "no message" : text.lines().findFirst().orElse("").replaceAll("\\.$", "");
  }

  @Override
  public String toString() {
    return "Databases";
  }
}
