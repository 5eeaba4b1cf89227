package dev.nofate.system.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.system.suite.Markdown;
import dev.nofate.system.suite.Shell;
import dev.nofate.system.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A document's blocks, done in their order: those of the shell in one shell, so that a variable set
 * in one is there in the next, and those of the database as its superuser.
 */
record Performance(Path document, Suite suite, Stage stage) {

  private static final Path ROOT = Path.of(System.getProperty("nofate.root"));
  private static final String MARK = "\n@@block@@\n";

  void run() {
    List<Markdown.Block> shell = blocks("sh");
    String output = shell.isEmpty() ? MARK : run(shell);
    String[] outputs = output.split(MARK, -1);
    List<String> printed = new ArrayList<>(List.of(outputs).subList(1, outputs.length));
    List<Markdown.Block> done = new ArrayList<>(shell);
    for (Markdown.Block query : blocks("sql")) {
      done.add(query);
      printed.add(query(query));
    }
    for (Stage.Expectation expected : stage.expectations()) {
      int block = only(done, expected.start());
      assertThat(printed.get(block)).as("%s", done.get(block)).containsPattern(expected.printed());
    }
  }

  private String run(List<Markdown.Block> blocks) {
    stage.before().keySet().forEach(part -> only(blocks, part));
    StringBuilder script = new StringBuilder("export PATH=\"$PWD:$PATH\"\n");
    stage
        .variables()
        .forEach((name, value) -> script.append("export %s='%s'%n".formatted(name, value)));
    for (Markdown.Block block : blocks) {
      stage.before().forEach((part, commands) -> insert(script, block, part, commands));
      script.append("printf '").append(MARK.replace("\n", "\\n")).append("'\n");
      script.append(block.text());
    }
    Shell.Result result = Shell.run(stage.folder(), suite.home(), script.toString());
    int reached = result.output().split(MARK, -1).length - 2;
    assertThat(result.exitCode())
        .as("%s ended in:%n%s", reached < 0 ? document : blocks.get(reached), result.output())
        .isZero();
    return result.output();
  }

  private static void insert(
      StringBuilder script, Markdown.Block block, String part, String commands) {
    if (block.text().contains(part)) {
      script.append(commands).append('\n');
    }
  }

  private List<Markdown.Block> blocks(String info) {
    return Markdown.blocks(document).stream().filter(block -> block.info().equals(info)).toList();
  }

  /** An expectation that no block or several answer to is none. */
  private static int only(List<Markdown.Block> blocks, String part) {
    List<Markdown.Block> found =
        blocks.stream().filter(block -> block.text().contains(part)).toList();
    assertThat(found).as("blocks with %s", part).hasSize(1);
    return blocks.indexOf(found.get(0));
  }

  private String query(Markdown.Block query) {
    StringJoiner rows = new StringJoiner("\n");
    try (var connection = suite.superuser();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query.text())) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    } catch (SQLException e) {
      throw new AssertionError(query + ": " + e.getMessage(), e);
    }
    return rows.toString();
  }

  /** A folder with what a checked-out project has, and nothing else. */
  static Path folder(Path parent, String title) {
    try {
      Path folder = Files.createDirectory(parent.resolve(title));
      for (String name : List.of("nofate", "deploy")) {
        Files.createSymbolicLink(folder.resolve(name), ROOT.resolve(name));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
