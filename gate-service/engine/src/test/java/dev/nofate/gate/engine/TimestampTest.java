package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Times are read as the JDK reads them, after the shape of RFC 3339 has been demanded. */
class TimestampTest {

  private static final Pattern SHAPE =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "(Z|[+-][0-9]{2}:[0-9]{2})");

  private static final String CHARACTERS = "0123456789-+:.TZtz \u0663";

  @Example
  void edgesOfTimeAreReadAsTheJdkReadsThem() {
    for (String text :
        List.of(
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "2024-02-29T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T23:59:60Z",
            "2026-11-23T10:00:00+18:00",
            "2026-11-23T10:00:00+18:01",
            "2026-11-23T10:00:00-00:00",
            "2026-11-23T10:00:00-00:30",
            "2026-11-23T10:00:00+05:60",
            "2026-11-23T10:00:00.",
            "2026-11-23T10:00:00.Z",
            "2026-11-23T10:00:00.1234567890Z",
            "2026-11-23T10:00:00ZZ",
            "2026-11-23T10:00:00",
            "")) {
      assertThat(Timestamp.parse(text)).as(text).isEqualTo(byTheJdk(text));
    }
  }

  @Property(tries = 1_000)
  void anyTextIsReadAsTheJdkReadsIt(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 10; i++) {
      String text = random(random);
      assertThat(Timestamp.parse(text)).as(text).isEqualTo(byTheJdk(text));
      String odd = changed(text, random);
      assertThat(Timestamp.parse(odd)).as(odd).isEqualTo(byTheJdk(odd));
    }
  }

  private static String random(Random random) {
    StringBuilder fraction = new StringBuilder();
    for (int digits = random.nextInt(11); digits > 0; digits--) {
      fraction.append(fraction.isEmpty() ? "." : "").append(random.nextInt(10));
    }
    String zone =
        random.nextBoolean()
            ? "Z"
            : String.format(
                Locale.ROOT,
                "%s%02d:%02d",
                random.nextBoolean() ? "+" : "-",
                random.nextInt(20),
                random.nextInt(62));
    return String.format(
            Locale.ROOT,
            "%04d-%02d-%02dT%02d:%02d:%02d",
            random.nextInt(10_000),
            random.nextInt(14),
            random.nextInt(33),
            random.nextInt(25),
            random.nextInt(61),
            random.nextInt(61))
        + fraction
        + zone;
  }

  private static String changed(String text, Random random) {
    StringBuilder changed = new StringBuilder(text);
    int at = random.nextInt(text.length());
    char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    switch (random.nextInt(3)) {
      case 0 -> changed.setCharAt(at, c);
      case 1 -> changed.insert(at, c);
      default -> changed.deleteCharAt(at);
    }
    return changed.toString();
  }

  private static Optional<Instant> byTheJdk(String text) {
    if (text.length() > 35 || !SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
