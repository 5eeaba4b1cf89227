package dev.nofate.gate.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ruleset a request asks for: the newest version of a name, a numbered version, or a document
 * by its digest.
 */
public sealed interface RulesetReference {

  /** Lower-case words of letters, digits, {@code _} and {@code -}, joined by dots. */
  Pattern NAME =
      Pattern.compile("(?=.{1,200}$)[a-z][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9_-]{0,62}){0,7}");

  /** The name, without what pins it. */
  String name();

  /** The newest published version at the time of receipt. */
  record Newest(String name) implements RulesetReference {}

  /** {@code name@3}. Versions count from 1. */
  record Version(String name, int version) implements RulesetReference {}

  /** {@code name@sha256:…} with 64 lower-case hexadecimal digits. */
  record Digest(String name, String digest) implements RulesetReference {}

  /** Reads a reference; empty when the text has none of the three forms. */
  static Optional<RulesetReference> parse(String text) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    if (at < 0) {
      return Optional.of(new Newest(name));
    }
    Matcher pin = Pin.SHAPE.matcher(text.substring(at + 1));
    if (!pin.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        pin.group(1) == null
            ? new Digest(name, pin.group())
            : new Version(name, Integer.parseInt(pin.group(1))));
  }

  /** What may follow the {@code @}. */
  final class Pin {
    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,8})|sha256:[0-9a-f]{64}");

    private Pin() {}
  }
}
