package dev.nofate.gate.clock;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as they stand on the wire: RFC 3339 UTC with exactly six fraction digits. */
public final class Micros {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Micros() {}

  /** The instant, cut to microseconds. */
  public static String text(Instant instant) {
    return FORMAT.format(instant);
  }
}
