package dev.nofate.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole, or as they were before. */
public final class WholeFile {

  private WholeFile() {}

  /** Writes a text beside the file and puts it in its place by one rename. */
  public static void replace(Path file, String text) {
    try {
      Path fresh =
          Files.createTempFile(file.getParent(), "." + file.getFileName().toString(), ".new");
      Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
