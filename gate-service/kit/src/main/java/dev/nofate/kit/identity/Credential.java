package dev.nofate.kit.identity;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request carries to say who is calling: an API key, or a session token as bearer or in the
 * cookie {@code __session}. A header goes before the cookie.
 *
 * @param text the key or token
 * @param byCookie whether the browser sent it by itself
 */
record Credential(String text, boolean byCookie) {

  static final String COOKIE = "__session";

  private static final String KEY_PREFIX = "nf_";
  private static final String BEARER = "bearer ";
  private static final int MAX_TOKEN = 8192;
  private static final Pattern SEMICOLON = Pattern.compile(";");
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  static Optional<Credential> of(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("x-api-key"))
        .or(() -> bearer(request))
        .map(text -> new Credential(text, false))
        .or(() -> cookie(request).map(text -> new Credential(text, true)));
  }

  static Optional<String> bearer(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("authorization"))
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(header -> header.substring(BEARER.length()).trim());
  }

  /** Whether it is worth asking whose it is. A key is never taken from a cookie. */
  boolean wellFormed() {
    return text.startsWith(KEY_PREFIX)
        ? !byCookie
        : text.length() <= MAX_TOKEN && TOKEN.matcher(text).matches();
  }

  /** Of two cookies of that name one was planted, and nobody can tell which: neither counts. */
  private static Optional<String> cookie(HttpServerRequest request) {
    List<String> found =
        request.headers().getAll("cookie").stream()
            .flatMap(SEMICOLON::splitAsStream)
            .map(String::trim)
            .filter(pair -> pair.startsWith(COOKIE + "="))
            .map(pair -> pair.substring(COOKIE.length() + 1))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "Credential[***]";
  }
}
