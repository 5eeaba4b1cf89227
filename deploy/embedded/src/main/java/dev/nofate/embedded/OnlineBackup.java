package dev.nofate.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A physical backup of a server that goes on serving, by Postgres's low-level API (PostgreSQL 17,
 * 25.3.4): {@code pg_backup_start}, a copy of the data folder, {@code pg_backup_stop}. It is whole
 * only together with the write-ahead log from its first to its last segment, which the archive
 * holds when this returns.
 *
 * @param startLsn where replaying begins
 * @param stopLsn where the copy becomes consistent
 * @param firstSegment of the write-ahead log that it takes
 * @param lastSegment of the write-ahead log that it takes
 * @param files everything that was copied, with digests
 */
public record OnlineBackup(
    String startLsn,
    String stopLsn,
    String firstSegment,
    String lastSegment,
    List<CopiedFile> files) {

  private static final String LABEL = "backup_label";
  private static final Pattern FIRST_SEGMENT =
      Pattern.compile("START WAL LOCATION: [0-9A-F/]+ \\(file ([0-9A-F]{24})\\)");

  /**
   * Takes one.
   *
   * @param superuser of the running server
   * @param data its data folder
   * @param into a folder that is not there yet
   * @param patience how long the last segment may take to be archived
   * @throws PartException when anything fails; what was copied is then of no use
   */
  public static OnlineBackup take(DatabaseUrl superuser, Path data, Path into, Duration patience) {
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement()) {
      String start = value(statement, "SELECT pg_backup_start('nofate backup', true)");
      List<CopiedFile> files = new ArrayList<>(DataFolder.copyServing(data, into));
      statement.setQueryTimeout((int) patience.toSeconds());
      try (ResultSet stopped =
          statement.executeQuery(
              "SELECT lsn, pg_walfile_name(lsn), labelfile FROM pg_backup_stop(true)")) {
        stopped.next();
        String label = stopped.getString(3);
        files.add(write(label, into));
        Matcher first = FIRST_SEGMENT.matcher(label);
        if (!first.find()) {
          throw new PartException("the backup's label names no segment");
        }
        return new OnlineBackup(
            start, stopped.getString(1), first.group(1), stopped.getString(2), files);
      }
    } catch (SQLException | IOException e) {
      throw new PartException("the backup failed: " + e.getMessage(), e);
    }
  }

  private static CopiedFile write(String label, Path into) throws IOException {
    Path draft = Files.writeString(into.resolveSibling(LABEL), label);
    CopiedFile written = DataFolder.copy(draft, into.resolve(LABEL), LABEL);
    Files.delete(draft);
    DataFolder.sync(into.resolve(LABEL));
    return written;
  }

  private static String value(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
