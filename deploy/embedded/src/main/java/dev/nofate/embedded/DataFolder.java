package dev.nofate.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies of Postgres data folders. What is left out is what the documentation names (PostgreSQL 17,
 * 25.3.4, "Backing Up the Data Directory"): it belongs to the running server or is made anew.
 */
public final class DataFolder {

  /** Folders that are copied without what is in them. */
  private static final Set<String> EMPTIED =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "postmaster\\.(pid|opts)|pg_internal\\.init.*|pgsql_tmp.*|t[0-9]+_[0-9]+.*"
              + "|backup_label.*|tablespace_map.*|backup_manifest|recovery\\.signal|standby\\.signal"
              + "|postgresql\\.auto\\.conf\\.tmp|current_logfiles.*");

  private static final String CONTROL = "global/pg_control";
  private static final int BUFFER = 1 << 18;

  private DataFolder() {}

  /**
   * Copies the data folder of a server, which may be writing to it between {@code pg_backup_start}
   * and {@code pg_backup_stop}; a file that is removed meanwhile is left out. Every file is on disk
   * when this returns.
   *
   * @throws PartException when there are tablespaces elsewhere, or the copy fails
   */
  static List<CopiedFile> copyServing(Path data, Path into) {
    try {
      try (var spaces = Files.list(data.resolve("pg_tblspc"))) {
        if (spaces.findAny().isPresent()) {
          throw new PartException("a tablespace lies outside of the data folder");
        }
      }
      List<CopiedFile> copied = new ArrayList<>();
      Files.walkFileTree(data, new Copying(data, into, copied));
      // The last, so that it is not older than any page.
      copied.add(copy(data.resolve(CONTROL), into.resolve(CONTROL), CONTROL));
      sync(into);
      return copied;
    } catch (IOException e) {
      throw new PartException("cannot copy " + data + ": " + e.getMessage(), e);
    }
  }

  /** Returns when everything in a folder is on disk: quicker at the end than a file at a time. */
  public static void sync(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }

  /**
   * Copies a file.
   *
   * @param name for {@link CopiedFile#path}
   */
  public static CopiedFile copy(Path from, Path to, String name) throws IOException {
    MessageDigest digest = sha256();
    long bytes = 0;
    try (InputStream in = Files.newInputStream(from);
        FileChannel out =
            FileChannel.open(
                to,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")))) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        for (ByteBuffer piece = ByteBuffer.wrap(buffer, 0, read); piece.hasRemaining(); ) {
          out.write(piece);
        }
        bytes += read;
      }
    }
    return new CopiedFile(name, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * Which cluster a data folder is of: the first member of its control file, in this machine's byte
   * order, as {@code pg_control_system()} states it.
   */
  public static String systemIdentifier(Path data) {
    try (InputStream in = Files.newInputStream(data.resolve(CONTROL))) {
      byte[] first = in.readNBytes(Long.BYTES);
      if (first.length < Long.BYTES) {
        throw new PartException(data + " has no control file of Postgres");
      }
      return Long.toUnsignedString(ByteBuffer.wrap(first).order(ByteOrder.nativeOrder()).getLong());
    } catch (IOException e) {
      throw new PartException(data + " has no control file of Postgres", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static final class Copying extends SimpleFileVisitor<Path> {
    private final Path data;
    private final Path into;
    private final List<CopiedFile> copied;

    Copying(Path data, Path into, List<CopiedFile> copied) {
      this.data = data;
      this.into = into;
      this.copied = copied;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      String name = name(folder);
      if (LEFT_OUT.matcher(folder.getFileName().toString()).matches()) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Folders.createPrivate(into.resolve(name));
      return EMPTIED.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = name(file);
      if (name.equals(CONTROL) || LEFT_OUT.matcher(file.getFileName().toString()).matches()) {
        return FileVisitResult.CONTINUE;
      }
      try {
        copied.add(copy(file, into.resolve(name), name));
      } catch (NoSuchFileException e) {
        Files.deleteIfExists(into.resolve(name));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      if (e != null && !(e instanceof NoSuchFileException)) {
        throw e;
      }
      return FileVisitResult.CONTINUE;
    }

    private String name(Path path) {
      return data.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }
  }
}
