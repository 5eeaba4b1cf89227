package dev.nofate.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Who connects where. {@link #toString} leaves the password out. */
public record DatabaseUrl(String user, String password, String host, int port, String database) {

  private static final String CONNECT_SECONDS = "30";

  /**
   * As the services read it: {@code postgresql://user:password@host:port/database}, user and
   * password URL-encoded.
   */
  public String uri() {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(encode(user), encode(password), host, port, database);
  }

  /** The same server and login, another database. */
  public DatabaseUrl withDatabase(String other) {
    return new DatabaseUrl(user, password, host, port, other);
  }

  /** The same server and database, another login. */
  public DatabaseUrl withLogin(String otherUser, String otherPassword) {
    return new DatabaseUrl(otherUser, otherPassword, host, port, database);
  }

  /** A plain JDBC connection; gives up after 30 s. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("loginTimeout", CONNECT_SECONDS);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(host, port, database), properties);
  }

  @Override
  public String toString() {
    return "postgresql://%s@%s:%d/%s".formatted(user, host, port, database);
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
