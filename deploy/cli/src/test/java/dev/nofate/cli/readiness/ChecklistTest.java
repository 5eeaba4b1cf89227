package dev.nofate.cli.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.readiness.Checklist.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every line of the checklist is there, once, with somebody to answer it. */
class ChecklistTest {

  private static final Pattern HEADING = Pattern.compile("##+ (.*)");
  private static final Pattern LINE = Pattern.compile("\\s*- (?:\\[ \\] )?(.*)");
  private static final Path RUNBOOKS = Path.of("../runbooks");

  private final Checklist checklist = Checklist.shipped();

  @Test
  void holdsEveryLineOfTheCommittedChecklistInItsOrder() throws IOException {
    assertThat(lines())
        .isEqualTo(lines(Path.of("src/test/resources/readiness/production-checklist.md")));
    assertThat(checklist.lines()).hasSize(150);
  }

  @Test
  void theCommittedChecklistIsTheSuitesWhereThatIsThere() throws IOException {
    // Beside the repository when the suite is built where it was specified; nowhere else.
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path seed = folder.resolve("shared/seed/production-checklist.md");
      if (Files.exists(seed)) {
        assertThat(lines()).isEqualTo(lines(seed));
      }
    }
  }

  @Test
  void eachLineHasAnIdOfItsOwn() {
    assertThat(checklist.lines()).extracting(Line::id).doesNotHaveDuplicates();
    assertThat(checklist.lines()).allMatch(line -> line.id().matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  @Test
  void eachLineIsAnsweredByOneCheckOrByAPerson() {
    Deployment nothing =
        new Deployment(
            "nothing",
            java.net.URI.create("http://127.0.0.1:9"),
            false,
            Settings.none(),
            java.util.Map.of(),
            Path.of("."),
            Path.of("."));
    Register register = Register.of(checklist, Families.of(nothing));
    assertThat(checklist.lines()).allSatisfy(line -> assertThat(register.check(line)).isNotNull());
  }

  @Test
  void eachLineLeadsToAPlaceInARunbookThatIsThere() throws IOException {
    for (Line line : checklist.lines()) {
      String[] place = line.runbook().split("#", 2);
      Path runbook = RUNBOOKS.resolve(place[0]);
      assertThat(runbook).as(line.id()).exists();
      assertThat(anchors(runbook)).as("%s of %s", line.runbook(), line.id()).contains(place[1]);
    }
  }

  private List<String> lines() {
    return checklist.lines().stream().map(line -> line.section() + ": " + line.text()).toList();
  }

  private static List<String> lines(Path markdown) throws IOException {
    List<String> lines = new ArrayList<>();
    String section = "";
    for (String text : Files.readAllLines(markdown)) {
      Matcher heading = HEADING.matcher(text);
      Matcher line = LINE.matcher(text);
      if (heading.matches()) {
        section = heading.group(1);
      } else if (line.matches()) {
        lines.add(section + ": " + line.group(1));
      }
    }
    return lines;
  }

  /** The anchors that a heading gets where Markdown is shown. */
  private static List<String> anchors(Path markdown) throws IOException {
    return Files.readAllLines(markdown).stream()
        .map(HEADING::matcher)
        .filter(Matcher::matches)
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9_ -]", "").replace(' ', '-'))
        .toList();
  }
}
