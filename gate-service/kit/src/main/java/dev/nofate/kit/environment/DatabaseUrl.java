package dev.nofate.kit.environment;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A database address with its login, as operators write it: {@code
 * postgresql://user:password@host:port/database?parameters}; user and password percent-encoded.
 */
record DatabaseUrl(String authority, String pathAndQuery, String user, String password) {

  private static final Pattern COLON = Pattern.compile(":");

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when it is not of that form; the message never holds the text
   */
  static DatabaseUrl parse(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw refused("not a URL");
    }
    if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
      throw refused("scheme is not postgresql");
    }
    String[] login = uri.getRawUserInfo() == null ? null : COLON.split(uri.getRawUserInfo(), 2);
    if (login == null || login.length != 2 || uri.getHost() == null) {
      throw refused("user, password or host is missing");
    }
    String port = uri.getPort() < 0 ? "5432" : Integer.toString(uri.getPort());
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new DatabaseUrl(
        uri.getHost() + ":" + port, uri.getRawPath() + query, decode(login[0]), decode(login[1]));
  }

  String reactive() {
    return "postgresql://" + authority + pathAndQuery;
  }

  String jdbc() {
    return "jdbc:postgresql://" + authority + pathAndQuery;
  }

  @Override
  public String toString() {
    return "DatabaseUrl[" + authority + "]";
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException refused(String observed) {
    return new IllegalArgumentException(
        "DATABASE_URL or DATABASE_OWNER_URL: "
            + observed
            + " (postgresql://user:password@host/db)");
  }
}
