package dev.nofate.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What makes a copied data folder a standby's (PostgreSQL 17, 26.2.4): the signal file, and whom it
 * follows. The password stands in the data folder, as {@code pg_basebackup -R} leaves it, and on no
 * command line.
 */
final class StandbyFiles {

  private StandbyFiles() {}

  static void write(Path data, DatabaseUrl primary, String name) {
    String connection =
        "host=%s port=%d user=%s password=%s application_name=%s"
            .formatted(
                primary.host(),
                primary.port(),
                quoted(primary.user()),
                quoted(primary.password()),
                quoted(name));
    try {
      Files.writeString(
          data.resolve("postgresql.auto.conf"),
          "primary_conninfo = " + setting(connection) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      Files.writeString(data.resolve("standby.signal"), "");
    } catch (IOException e) {
      throw new PartException("cannot make " + data + " a standby: " + e.getMessage(), e);
    }
  }

  /** A value of a connection string of libpq. */
  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A value of Postgres's configuration file. */
  private static String setting(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
