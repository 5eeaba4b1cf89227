package dev.nofate.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The Postgres programs for this machine, unpacked once per folder. The folder's name carries the
 * digest of the archive, and it appears by one rename, so a half-unpacked one is never used.
 */
final class PostgresBinaries {

  private static final int EXECUTABLE_BY_OWNER = 0100;

  private PostgresBinaries() {}

  /** Unpacks below {@code root} unless that has been done, and answers the {@code bin} folder. */
  static Path unpackBelow(Path root) {
    try {
      byte[] archive = archive();
      Path home = root.resolve("postgres-" + digest(archive));
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        Files.createDirectories(root);
        Path half = Files.createTempDirectory(root, "unpacking-");
        unpack(archive, half);
        publish(half, home);
      }
      return home.resolve("bin");
    } catch (IOException e) {
      throw new PartException("cannot unpack Postgres below " + root + ": " + e.getMessage(), e);
    }
  }

  private static byte[] archive() throws IOException {
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
      return in.readAllBytes();
    }
  }

  private static void unpack(byte[] archive, Path into) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, into);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
      throws IOException {
    Path target = into.resolve(entry.getName()).normalize();
    if (!target.startsWith(into)) {
      throw new IOException("the archive names a path outside itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(target, into.resolve(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      Files.setPosixFilePermissions(target, permissions(entry.getMode()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if ((mode & EXECUTABLE_BY_OWNER) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
    }
    return permissions;
  }

  /** Another process may have been faster; then its copy is used and ours goes. */
  private static void publish(Path half, Path home) throws IOException {
    try {
      Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
      Folders.delete(half);
    } catch (java.nio.file.FileSystemException e) {
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        throw e;
      }
      Folders.delete(half);
    }
  }

  private static String digest(byte[] archive) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
