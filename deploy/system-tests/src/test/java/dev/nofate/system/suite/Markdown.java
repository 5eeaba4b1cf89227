package dev.nofate.system.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What stands in the documentation: blocks between fences, and code within a line. */
public final class Markdown {

  private static final String FENCE = "```";
  private static final Pattern INLINE = Pattern.compile("`([^`]+)`");

  private Markdown() {}

  /**
   * A block between fences.
   *
   * @param file it stands in
   * @param line of its first line
   * @param info what stands behind the opening fence
   * @param text without the fences' indentation
   */
  public record Block(Path file, int line, String info, String text) {
    @Override
    public String toString() {
      return file.getFileName() + ":" + line;
    }
  }

  /** The blocks of a file, in order. */
  public static List<Block> blocks(Path file) {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = text(file).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith(FENCE)) {
        int first = i + 1;
        int indent = lines.get(i).indexOf(FENCE);
        StringBuilder text = new StringBuilder();
        while (!lines.get(++i).strip().equals(FENCE)) {
          String line = lines.get(i);
          text.append(line.isBlank() ? "" : line.substring(indent)).append('\n');
        }
        String info = lines.get(first - 1).strip().substring(FENCE.length());
        blocks.add(new Block(file, first + 1, info, text.toString()));
      }
    }
    return blocks;
  }

  /** The code that stands within lines, outside of blocks. */
  public static List<String> inline(Path file) {
    String prose = text(file).replaceAll("(?ms)^ *```.*?^ *```$", "");
    return INLINE.matcher(prose).results().map(code -> code.group(1)).toList();
  }

  /** Every document below a folder, three levels deep. */
  public static List<Path> files(Path root) {
    try (Stream<Path> files = Files.walk(root, 3)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> !file.toString().contains("/.nofate/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a document. */
  public static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
