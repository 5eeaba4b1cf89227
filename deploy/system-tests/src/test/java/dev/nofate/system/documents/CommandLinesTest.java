package dev.nofate.system.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.Nofate;
import dev.nofate.system.suite.Markdown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every {@code nofate …} of every document is one that the command understands. */
class CommandLinesTest {

  private static final Path ROOT = Path.of(System.getProperty("nofate.root"));

  /** From the program's name to the end of the command, in a line of a shell or in a sentence. */
  private static final Pattern COMMAND =
      Pattern.compile("(?:^|(?<!-n)[\\s(])(?:\\./)?nofate (?<words>[a-z][^|;&\\n)]*)");

  /** What another program says in the place of a value. */
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\((?![^)]*nofate)[^)]*\\)");

  /** A text, a file and a time alike. */
  private static final String ANY_VALUE = "2026-11-26T01:00:00Z";

  private static final Pattern WORD = Pattern.compile("'[^']*'|(?:\"[^\"]*\"|<[^>]*>|\\S)+");

  private final List<String> faults = new ArrayList<>();
  private int understood;

  @Test
  void areUnderstood() {
    for (Path file : Markdown.files(ROOT)) {
      Markdown.blocks(file).stream()
          .filter(block -> block.info().isEmpty() || block.info().startsWith("sh"))
          .forEach(block -> read(block.toString(), block.text(), true));
      Markdown.inline(file).forEach(code -> read(file.getFileName() + "", code, false));
    }

    assertThat(faults).isEmpty();
    assertThat(understood).isGreaterThan(60);
  }

  private void read(String where, String text, boolean whole) {
    String joined = SUBSTITUTION.matcher(text.replace("\\\n", " ")).replaceAll("VALUE");
    for (String line : joined.split("\n")) {
      Matcher command = COMMAND.matcher(line.replaceFirst("(^|\\s)# .*", ""));
      while (command.find()) {
        understand(where, words(command.group("words")), whole);
      }
    }
  }

  /** Within a sentence a command may be named without all that it needs. */
  private void understand(String where, List<String> words, boolean whole) {
    try {
      parse(words);
      understood++;
    } catch (CommandLine.MissingParameterException e) {
      if (whole) {
        faults.add(where + ": nofate " + String.join(" ", words) + ": " + e.getMessage());
      } else if (words.get(words.size() - 1).startsWith("--")) {
        words.add(ANY_VALUE);
        understand(where, words, false);
      } else {
        words.add("--help");
        understand(where, words, true);
      }
    } catch (CommandLine.ParameterException e) {
      faults.add(where + ": nofate " + String.join(" ", words) + ": " + e.getMessage());
    }
  }

  private static void parse(List<String> words) {
    Nofate.commandLine().parseArgs(words.toArray(new String[0]));
  }

  /** Words as a shell makes them; what stands for a value that only a person knows is one. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      String plain = word.group().replaceAll("[\"'\\[\\]]", "").replaceAll("[.,:]$", "");
      if (plain.matches("[0-9]?>.*")) {
        break;
      }
      words.add(plain.matches("\\$BEFORE|TIME") ? ANY_VALUE : plain);
    }
    return words;
  }
}
