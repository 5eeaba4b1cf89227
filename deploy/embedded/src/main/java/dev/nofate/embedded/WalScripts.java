package dev.nofate.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The two programs that Postgres calls to keep its write-ahead log elsewhere and to get it back.
 * They lie beside the data folder, as do the files that say where.
 *
 * @param folder of the server
 */
record WalScripts(Path folder) {

  /** Names the folder that finished segments go to. */
  Path archiveTo() {
    return folder.resolve("archive-to");
  }

  /** Names the archive, and in a second line the folder of leftover segments or nothing. */
  Path restoreFrom() {
    return folder.resolve("restore-from");
  }

  /** The value of {@code archive_command}. */
  String archiveCommand() {
    return "\"%s\" \"%%p\" \"%%f\"".formatted(script("archive-wal.sh"));
  }

  /** The value of {@code restore_command}. */
  String restoreCommand() {
    return "\"%s\" \"%%f\" \"%%p\"".formatted(script("restore-wal.sh"));
  }

  private Path script(String name) {
    Path script = folder.toAbsolutePath().normalize().resolve(name.replace(".sh", ""));
    if (script.toString().matches(".*[\"'\\\\$`%].*")) {
      throw new PartException(
          "Postgres is told of %s through a shell, which the quotes in it forbid"
              .formatted(script));
    }
    try (InputStream in = WalScripts.class.getResourceAsStream(name)) {
      Path fresh = Files.createTempFile(folder, name, ".new");
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwx------"));
      return Files.move(
          fresh, script, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new PartException("cannot write " + script + ": " + e.getMessage(), e);
    }
  }
}
