package dev.nofate.cli.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds in a service's log why it did not start. */
final class LogReason {

  private static final int READ_BYTES = 128 * 1024;
  private static final int SHOWN_LINES = 8;
  private static final int SHOWN_CHARACTERS = 400;
  private static final int EXPLAINING_LINES = 2;
  private static final Pattern ENTRY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]|\\{");

  private LogReason() {}

  /** The reason in the end of the file, or what can be said without one. */
  static String in(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - READ_BYTES));
      byte[] end = new byte[(int) Math.min(file.length(), READ_BYTES)];
      file.readFully(end);
      return of(new String(end, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      return "(no log in " + log + ")";
    }
  }

  /**
   * The last error lines and the innermost causes; the last lines when nothing is marked as an
   * error.
   */
  static String of(List<String> lines) {
    Set<String> telling = new LinkedHashSet<>();
    int explained = EXPLAINING_LINES;
    for (String line : lines) {
      explained = isTelling(line) ? 0 : explained + 1;
      if (explained == 0 || (explained <= EXPLAINING_LINES && continues(line))) {
        telling.add(shorten(line));
      }
    }
    List<String> shown =
        telling.isEmpty() ? lines.stream().map(LogReason::shorten).toList() : List.copyOf(telling);
    if (shown.isEmpty()) {
      return "(its log is empty)";
    }
    return String.join("\n", shown.subList(Math.max(0, shown.size() - SHOWN_LINES), shown.size()));
  }

  private static boolean isTelling(String line) {
    return line.contains(" ERROR ")
        || line.contains(" FATAL ")
        || line.contains("\"level\":\"ERROR\"")
        || line.startsWith("Caused by:")
        || line.startsWith("Exception in thread")
        || line.startsWith("Error:");
  }

  /** The message of an error may have more lines; those of its stack trace do not count. */
  private static boolean continues(String line) {
    return !line.isBlank() && !line.startsWith("\tat ") && !ENTRY.matcher(line).lookingAt();
  }

  private static String shorten(String line) {
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
