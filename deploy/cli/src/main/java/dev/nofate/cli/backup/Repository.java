package dev.nofate.cli.backup;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with backups of one cluster:
 *
 * <pre>
 * base/&lt;id&gt;/data, manifest.json   copies of the data folder
 * wal/&lt;segment&gt;.gz               the write-ahead log since the oldest of them
 * checkpoints/&lt;tenant&gt;.checkpoint the last signed checkpoint of each chain
 * audit-keys.json                whose signatures count
 * </pre>
 *
 * @param folder where
 */
public record Repository(Path folder) {

  private static final String MANIFEST = "manifest.json";

  public Repository {
    folder = folder.toAbsolutePath().normalize();
  }

  Path base(String id) {
    return folder.resolve("base").resolve(id);
  }

  Path data(String id) {
    return base(id).resolve("data");
  }

  Path wal() {
    return folder.resolve("wal");
  }

  Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  Path keys() {
    return folder.resolve("audit-keys.json");
  }

  /** Makes the folders, for this user alone. */
  Repository prepare() {
    try {
      for (Path each : List.of(folder, folder.resolve("base"), wal(), checkpoints())) {
        Files.createDirectories(
            each,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return this;
    } catch (IOException e) {
      throw new CommandFailure("cannot make the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  /** One command at a time writes here; the lock goes with its process. */
  FileChannel lock() {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new CommandFailure("another command writes to " + folder);
      }
      return channel;
    } catch (IOException e) {
      throw new CommandFailure("cannot lock " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The finished backups, the oldest first. */
  List<Manifest> backups() {
    if (!Files.isDirectory(folder.resolve("base"))) {
      return List.of();
    }
    List<Manifest> backups = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder.resolve("base"))) {
      for (Path each : folders.sorted().toList()) {
        Path manifest = each.resolve(MANIFEST);
        if (Files.exists(manifest)) {
          backups.add(Json.MAPPER.readValue(Files.readAllBytes(manifest), Manifest.class));
        }
      }
      return backups;
    } catch (IOException e) {
      throw new CommandFailure("the backups in " + folder + " are not readable", e);
    }
  }

  /** The backup of this name, else the last that was finished at a time, else the last. */
  Manifest choose(String id, Instant at) {
    List<Manifest> found =
        backups().stream()
            .filter(backup -> id == null || backup.id().equals(id))
            .filter(backup -> at == null || !backup.stopped().isAfter(at))
            .toList();
    if (found.isEmpty()) {
      throw new CommandFailure("no finished backup in " + folder + " is what was asked for");
    }
    return found.get(found.size() - 1);
  }

  /** Backups of two clusters in one folder would share names in the archive. */
  void refuseOtherCluster(String systemIdentifier) {
    Optional<Manifest> other =
        backups().stream()
            .filter(backup -> !backup.systemIdentifier().equals(systemIdentifier))
            .findAny();
    if (other.isPresent()) {
      throw new CommandFailure(folder + " holds backups of another cluster");
    }
  }

  void write(Manifest manifest) {
    Path file = base(manifest.id()).resolve(MANIFEST);
    WholeFile.replace(file, Json.pretty(manifest));
  }

  /** Removes all but the last so many backups, unfinished ones, and the log that none needs. */
  void keepLast(int count) {
    List<Manifest> backups = backups();
    List<Manifest> kept = backups.subList(Math.max(0, backups.size() - count), backups.size());
    List<String> names = kept.stream().map(Manifest::id).toList();
    try (Stream<Path> folders = Files.list(folder.resolve("base"));
        Stream<Path> segments = Files.list(wal())) {
      for (Path each : folders.toList()) {
        if (!names.contains(each.getFileName().toString())) {
          delete(each);
        }
      }
      String first = place(kept.get(0).firstSegment());
      for (Path each : segments.toList()) {
        String name = each.getFileName().toString();
        if (name.matches("[0-9A-F]{24}\\b.*") && place(name).compareTo(first) < 0) {
          Files.delete(each);
        }
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot remove old backups: " + e.getMessage(), e);
    }
  }

  /** Where a segment stands in the log, whatever its timeline, which the first 8 digits are. */
  private static String place(String segment) {
    return segment.substring(8, 24);
  }

  /** Deletes a folder, if it is there. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot delete " + folder + ": " + e.getMessage(), e);
    }
  }
}
