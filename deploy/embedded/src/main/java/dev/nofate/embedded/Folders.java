package dev.nofate.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that only this user can enter, and their removal. */
final class Folders {

  private Folders() {}

  static Path createPrivate(Path folder) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return folder;
    } catch (IOException e) {
      throw new PartException("cannot make the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Where unpacked programs are kept between runs when nobody names a place: one folder a user. */
  static Path programs() {
    return createPrivate(
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "nofate-programs-" + System.getProperty("user.name")));
  }

  /** Deletes a folder with all that is in it; what others delete meanwhile is no error. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
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
          public FileVisitResult postVisitDirectory(Path left, IOException e) throws IOException {
            Files.deleteIfExists(left);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
