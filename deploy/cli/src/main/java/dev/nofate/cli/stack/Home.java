package dev.nofate.cli.stack;

import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the stack keeps its state.
 *
 * @param root the project's root: packaged services are found below it
 * @param folder the state folder, {@code .nofate} below the root unless {@code NOFATE_HOME} names
 *     another
 */
public record Home(Path root, Path folder) {

  public Home {
    root = root.toAbsolutePath().normalize();
    folder = folder.toAbsolutePath().normalize();
  }

  /**
   * As the environment says: system property {@code nofate.root} (set by the script), variable
   * NOFATE_HOME.
   */
  public static Home fromEnvironment() {
    Path root = Path.of(System.getProperty("nofate.root", ""));
    String home = System.getenv("NOFATE_HOME");
    return new Home(root, home == null || home.isBlank() ? root.resolve(".nofate") : Path.of(home));
  }

  public Path stackFile() {
    return folder.resolve("stack.json");
  }

  public Path secretsFile() {
    return folder.resolve("secrets.json");
  }

  public Path log(String part) {
    return folder.resolve("logs").resolve(part + ".log");
  }

  Path launchFile(String part) {
    return folder.resolve("run").resolve(part + ".json");
  }

  Path tuningFile() {
    return folder.resolve("run").resolve("tuning.json");
  }

  Path portsFile() {
    return folder.resolve("run").resolve("ports.json");
  }

  Path lockFile() {
    return folder.resolve("lock");
  }

  Path keys() {
    return folder.resolve("keys");
  }

  /** Where the programs of Postgres and Redis are unpacked. */
  public Path programs() {
    return folder.resolve("programs");
  }

  /** Where backups and the archive of the write-ahead log go unless a command says otherwise. */
  public Path backups() {
    return folder.resolve("backups");
  }

  Path postgres() {
    return folder.resolve("postgres");
  }

  Path redis() {
    return folder.resolve("redis");
  }

  /** Makes the folder (mode 700) and those inside it that commands write to. */
  Home create() {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(folder.resolve("logs"));
      Files.createDirectories(folder.resolve("run"));
      return this;
    } catch (IOException e) {
      throw new CommandFailure("cannot make the state folder " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Replaces a file by one rename, readable by its owner alone. */
  static void writePrivately(Path file, byte[] content) {
    try {
      Path fresh =
          Files.createTempFile(
              file.getParent(),
              file.getFileName().toString(),
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
