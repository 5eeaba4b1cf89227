package dev.nofate.gate.console.page;

import io.quarkus.qute.TemplateExtension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How values are written on pages: times in UTC with the offset, numbers with their unit. */
@TemplateExtension(namespace = "show")
public final class Show {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '+00:00'", Locale.ROOT);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS '+00:00'", Locale.ROOT);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm '+00:00'", Locale.ROOT);
  private static final int NANO_DIGITS = 9;
  private static final int CENT_DIGITS = 2;
  private static final int DIGEST_SHOWN = 16;

  private Show() {}

  /** To the second. */
  public static String time(String rfc3339) {
    return rfc3339 == null ? "none" : SECONDS.format(utc(rfc3339));
  }

  /** To the microsecond. */
  public static String exactly(String rfc3339) {
    return rfc3339 == null ? "none" : MICROS.format(utc(rfc3339));
  }

  /** To the minute. */
  public static String minute(Instant instant) {
    return HOUR.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** Digits in groups of three. */
  public static String count(Number number) {
    return number == null ? "none" : String.format(Locale.ROOT, "%,d", number.longValue());
  }

  /** Dollars out of 10⁻⁹ dollars, as many digits as it has. */
  public static String nanousd(long nanousd) {
    return "US$ " + plain(BigDecimal.valueOf(nanousd, NANO_DIGITS));
  }

  /** Money out of its minor unit. */
  public static String cents(long cents, String currency) {
    return BigDecimal.valueOf(cents, CENT_DIGITS).toPlainString()
        + " "
        + currency.toUpperCase(Locale.ROOT);
  }

  /** Bytes, with the binary unit that leaves up to four digits. */
  public static String bytes(long bytes) {
    if (bytes < 10_000) {
      return count(bytes) + " B";
    }
    BigDecimal kib = BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(1024));
    return kib.compareTo(BigDecimal.valueOf(10_000)) < 0
        ? kib.setScale(1, RoundingMode.HALF_UP) + " KiB"
        : kib.divide(BigDecimal.valueOf(1024)).setScale(1, RoundingMode.HALF_UP) + " MiB";
  }

  /** The beginning of a digest; the whole stands in the element's title. */
  public static String digest(String digest) {
    return digest == null || digest.length() <= DIGEST_SHOWN
        ? digest
        : digest.substring(0, DIGEST_SHOWN) + "…";
  }

  private static String plain(BigDecimal dollars) {
    BigDecimal bare = dollars.stripTrailingZeros();
    return (bare.scale() < CENT_DIGITS ? bare.setScale(CENT_DIGITS) : bare).toPlainString();
  }

  private static OffsetDateTime utc(String rfc3339) {
    return OffsetDateTime.parse(rfc3339).withOffsetSameInstant(ZoneOffset.UTC);
  }
}
