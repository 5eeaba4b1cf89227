package dev.nofate.kit.start;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The forms that the suite's variables have. */
public final class Forms {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern ORIGIN =
      Pattern.compile("https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");
  private static final Set<String> BOOLEANS = Set.of("true", "false");
  private static final List<String> DATABASE = List.of("postgresql", "postgres");

  private Forms() {}

  /** Anything. */
  public static Form text() {
    return (text, production) -> Optional.empty();
  }

  public static Form bool() {
    return check("neither true nor false", BOOLEANS::contains);
  }

  public static Form oneOf(String one, String other) {
    return check("neither " + one + " nor " + other, Set.of(one, other)::contains);
  }

  public static Form number(int least, int most) {
    return check(
        "not a whole number from " + least + " to " + most,
        text ->
            NUMBER.matcher(text).matches()
                && Integer.parseInt(text) >= least
                && Integer.parseInt(text) <= most);
  }

  public static Form duration() {
    return check("not a positive ISO-8601 duration", Forms::isDuration);
  }

  /** {@code http://host[:port]} or https; in production nothing else is asked of it. */
  public static Form httpUrl() {
    return check("not an http or https URL", text -> isUrl(text, List.of("http", "https")));
  }

  public static Form redisUrl() {
    return check("not a redis or rediss URL", text -> isUrl(text, List.of("redis", "rediss")));
  }

  /** {@code postgresql://user:password@host[:port]/database}. */
  public static Form databaseUrl() {
    return (text, production) -> {
      if (!isUrl(text, DATABASE) || !isLogin(URI.create(text).getRawUserInfo())) {
        return Optional.of("not of the form postgresql://user:password@host:port/database");
      }
      String login = URI.create(text).getUserInfo();
      return production
          ? Guessable.password(login.substring(login.indexOf(':') + 1))
          : Optional.empty();
    };
  }

  /** A file that this process can read. */
  public static Form file() {
    return check("not a readable file", Forms::isReadable);
  }

  /** A readable file, or the URL of one. */
  public static Form fileOrUrl() {
    return check(
        "neither a readable file nor an http or https URL",
        text -> isReadable(text) || isUrl(text, List.of("http", "https")));
  }

  public static Form pattern(String fault, String expression) {
    Pattern pattern = Pattern.compile(expression);
    return check(fault, text -> pattern.matcher(text).matches());
  }

  /** Comma-separated texts of one form. */
  public static Form each(Form form) {
    return (text, production) ->
        Arrays.stream(text.split(",", -1))
            .map(part -> form.fault(part.strip(), production))
            .flatMap(Optional::stream)
            .findFirst();
  }

  /** Comma-separated web origins; plain http only outside production. */
  public static Form origins() {
    return each(
        (text, production) ->
            ORIGIN.matcher(text).matches() && !(production && text.startsWith("http:"))
                ? Optional.empty()
                : Optional.of("an origin is not of the form https://host[:port]"));
  }

  /** Comma-separated secrets, each long enough and, in production, no example. */
  public static Form secrets(int shortest) {
    return each((text, production) -> Guessable.secret(text, shortest, production));
  }

  private static Form check(String fault, Predicate<String> fits) {
    return (text, production) -> fits.test(text) ? Optional.empty() : Optional.of(fault);
  }

  private static boolean isDuration(String text) {
    try {
      return Duration.parse(text).compareTo(Duration.ZERO) > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isUrl(String text, List<String> schemes) {
    try {
      URI uri = URI.create(text);
      return uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isLogin(String userInfo) {
    return userInfo != null && userInfo.indexOf(':') > 0 && !userInfo.endsWith(":");
  }

  private static boolean isReadable(String text) {
    try {
      Path path = Path.of(text.startsWith("file:") ? text.substring("file:".length()) : text);
      return Files.isRegularFile(path) && Files.isReadable(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
