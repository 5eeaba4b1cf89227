package dev.nofate.billing.standing;

import dev.nofate.billing.start.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The length of the grace period. */
@ApplicationScoped
public class GraceSetting implements Setting {

  private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,2}");
  private static final Duration LONGEST = Duration.ofDays(365);

  private final GraceConfig config;

  public GraceSetting(GraceConfig config) {
    this.config = config;
  }

  @Override
  public List<String> faults() {
    return faults(config.periodDays(), config.period());
  }

  /** What is wrong with a grace period in days and, when present, as a duration. */
  public static List<String> faults(String periodDays, Optional<String> period) {
    List<String> faults = new ArrayList<>();
    if (days(periodDays).isEmpty()) {
      faults.add("BILLING_GRACE_PERIOD_DAYS: not a whole number of days from 1 to 365");
    }
    if (period.isPresent() && duration(period.get()).isEmpty()) {
      faults.add("BILLING_GRACE_PERIOD: not an ISO-8601 duration from PT1S to P365D");
    }
    return faults;
  }

  /** The grace period. */
  Duration period() {
    return config
        .period()
        .flatMap(GraceSetting::duration)
        .or(() -> days(config.periodDays()))
        .orElseThrow();
  }

  private static Optional<Duration> days(String text) {
    return Optional.of(text)
        .filter(days -> DAYS.matcher(days).matches())
        .map(days -> Duration.ofDays(Long.parseLong(days)))
        .filter(length -> length.compareTo(LONGEST) <= 0);
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text))
          .filter(length -> length.toSeconds() >= 1 && length.compareTo(LONGEST) <= 0);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
