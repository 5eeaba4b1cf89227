package dev.nofate.checks.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.checks.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunbookTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern NAMED = Pattern.compile("`([A-Za-z0-9_./-]+\\.md)`");
  private static final Path FOLDER = Repository.path("deploy/runbooks");

  private final List<Path> runbooks = Repository.files(FOLDER, ".md");

  @Test
  void thereIsOneForEachThingThatHappens() {
    assertThat(runbooks)
        .extracting(file -> file.getFileName().toString())
        .contains(
            "alerts.md",
            "incident-response.md",
            "redis-loss.md",
            "key-and-salt-rotation.md",
            "upgrade-and-rollback.md",
            "tenant-onboarding.md",
            "retention-and-gdpr.md",
            "database-restore.md",
            "audit-mismatch.md",
            "billing.md");
  }

  @Test
  void everyLinkAndEveryRunbookThatIsNamedIsThere() {
    List<String> broken = new ArrayList<>();
    List<Path> files = new ArrayList<>(runbooks);
    files.add(Repository.path("deploy/README.md"));
    for (Path file : files) {
      String text = Repository.text(file);
      Matcher link = LINK.matcher(text);
      while (link.find()) {
        String target = link.group(1);
        if (!target.matches("https?://.*")) {
          String from = target.startsWith("#") ? file.getFileName() + target : target;
          if (!Anchors.resolves(file.getParent(), from)) {
            broken.add(file.getFileName() + ": " + target);
          }
        }
      }
      Matcher named = NAMED.matcher(text);
      while (named.find()) {
        if (!Anchors.resolves(file.getParent(), named.group(1))
            && !Anchors.resolves(FOLDER, named.group(1))
            && !Anchors.resolves(Repository.path(""), named.group(1))) {
          broken.add(file.getFileName() + ": " + named.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyAlertsPageBelongsToARule() {
    Set<String> pages =
        Repository.text(FOLDER.resolve("alerts.md"))
            .lines()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .collect(Collectors.toSet());
    String rules =
        Repository.text(Repository.path("deploy/observability/rules/nofate.yaml"))
            + Repository.text(Repository.path("deploy/observability/rules/backup.yaml"));
    assertThat(pages).allSatisfy(page -> assertThat(rules).contains("alerts.md#" + page + "\n"));
  }
}
