package dev.nofate.kit.start;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Secrets that an attacker would find: short ones, ones that repeat, ones out of an example. */
final class Guessable {

  private static final int SHORTEST_PASSWORD = 12;
  private static final int FEWEST_CHARACTERS = 10;

  /** What stands in examples and defaults, in lower case. */
  private static final List<String> EXAMPLES =
      List.of(
          "change",
          "example",
          "default",
          "password",
          "placeholder",
          "test-only",
          "your-",
          "your_",
          "secret",
          "postgres",
          "dummy");

  private Guessable() {}

  /** What is wrong with a secret that others are derived under. */
  static Optional<String> secret(String text, int shortest, boolean production) {
    if (text.length() < shortest) {
      return Optional.of("a secret has fewer than " + shortest + " characters");
    }
    return production ? example(text) : Optional.empty();
  }

  /** What is wrong with a login's password in production. */
  static Optional<String> password(String text) {
    if (text.length() < SHORTEST_PASSWORD) {
      return Optional.of(
          "the password has fewer than "
              + SHORTEST_PASSWORD
              + " characters, and NOFATE_ENV is production");
    }
    return example(text);
  }

  private static Optional<String> example(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (EXAMPLES.stream().anyMatch(lower::contains)) {
      return Optional.of("holds a word of an example, and NOFATE_ENV is production");
    }
    if (text.chars().distinct().count() < Math.min(FEWEST_CHARACTERS, text.length())) {
      return Optional.of("repeats few characters, and NOFATE_ENV is production");
    }
    return Optional.empty();
  }
}
