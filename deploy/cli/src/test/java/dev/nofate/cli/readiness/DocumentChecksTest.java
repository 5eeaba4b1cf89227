package dev.nofate.cli.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.readiness.Checklist.Line;
import dev.nofate.cli.readiness.Outcome.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentChecksTest {

  private static final String INCIDENT = "incident-response";
  private static final Checklist LINES =
      new Checklist(
          Stream.of("runbooks", INCIDENT, "recovery-plan", "restore-procedure", "onboarding-guide")
              .map(id -> new Line(id, "C", "S", id, "a.md#a", null))
              .toList());

  @TempDir private Path root;
  private Path runbooks;

  @BeforeEach
  void folder() throws IOException {
    runbooks = Files.createDirectories(root.resolve("deploy/runbooks"));
  }

  @Test
  void aRunbookThatIsNotThereIsSaidToBeMissing() throws Exception {
    Files.writeString(runbooks.resolve("billing.md"), "```\ntrue\n```");
    assertThat(look(root))
        .isEqualTo(Outcome.failed("No file in deploy/runbooks is named after incident."));
  }

  @Test
  void aRunbookWithoutCommandsIsSaidToBeThereWithoutThem() throws Exception {
    Files.writeString(runbooks.resolve("incident-response.md"), "Stay calm: `true`.");
    assertThat(look(root))
        .isEqualTo(
            Outcome.failed(
                "deploy/runbooks/incident-response.md is there, without a block of commands."));
  }

  @Test
  void theProjectsOwnCounts() throws Exception {
    Outcome outcome = look(Path.of("../.."));
    assertThat(outcome.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(outcome.says()).contains("incident-response.md");
  }

  private static Outcome look(Path root) throws Exception {
    Deployment deployment =
        new Deployment("d", URI.create("http://d"), false, Settings.none(), Map.of(), root, root);
    Register register = Register.of(LINES, List.of(new DocumentChecks(deployment)));
    return register.check(LINES.lines().get(1)).look();
  }
}
