package dev.nofate.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a restored data folder is brought to a state again.
 *
 * @param archive where finished segments of the write-ahead log are kept
 * @param left what else may hold segments: the {@code pg_wal} of the data folder that is replaced;
 *     null when there is none
 * @param until the time up to which transactions are replayed; null for all there are
 * @param patience how long it may take
 */
public record Recovery(Path archive, Path left, Instant until, Duration patience) {

  /** Without names of zones, which Postgres does not know yet when it reads its settings. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What {@link WalScripts#restoreFrom} holds. */
  String sources() {
    return archive.toAbsolutePath() + "\n" + (left == null ? "" : left.toAbsolutePath()) + "\n";
  }

  Map<String, String> settings(WalScripts scripts) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("restore_command", scripts.restoreCommand());
    settings.put("recovery_target_timeline", "latest");
    if (until != null) {
      settings.put("recovery_target_time", TIME.format(until));
      settings.put("recovery_target_action", "promote");
    }
    return settings;
  }
}
