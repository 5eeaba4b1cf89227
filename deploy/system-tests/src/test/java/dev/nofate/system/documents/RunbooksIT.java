package dev.nofate.system.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.system.suite.Markdown;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the runbooks say is done, against a running suite: each block in its order. */
@SuiteTest
class RunbooksIT {

  private static final Path ROOT = Path.of(System.getProperty("nofate.root"));

  /** What is done here. */
  private static final Set<String> DONE = Set.of("sh", "sql");

  /** What a block needs that no test has; or the test that does it, by its name. */
  private static final Set<String> ELSEWHERE =
      Set.of("sh cluster", "sh docker", "sh stripe", "sh deployment", "sh build");

  private static final Map<String, BiFunction<Suite, Path, Stage>> STAGES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("README.md", TenantStages::keys),
              Map.entry("audit-mismatch.md", DatabaseStages::mismatch),
              Map.entry("auditor.md", TenantStages::auditor),
              Map.entry("billing.md", TenantStages::billing),
              Map.entry("database-restore.md", DatabaseStages::restore),
              Map.entry("key-and-salt-rotation.md", TenantStages::rotation),
              Map.entry("production-sign-off.md", TenantStages::signOff),
              Map.entry("redis-loss.md", TenantStages::redis),
              Map.entry("retention-and-gdpr.md", TenantStages::retention),
              Map.entry("stripe-outage.md", TenantStages::stripeOutage),
              Map.entry("tenant-onboarding.md", TenantStages::onboarding),
              Map.entry("tls.md", TenantStages::tls)));

  @TempDir private static Path folder;

  /** The operator's documents: the runbooks and the readme above them. */
  static Stream<Path> documents() {
    return Markdown.files(ROOT.resolve("deploy")).stream()
        .filter(
            file ->
                file.getParent().endsWith("runbooks")
                    || file.equals(ROOT.resolve("deploy/README.md")));
  }

  @TestFactory
  Stream<DynamicTest> theCommandsOfADocumentDoWhatItSays(Suite suite) {
    return documents()
        .filter(
            file -> Markdown.blocks(file).stream().anyMatch(block -> DONE.contains(block.info())))
        .map(
            file ->
                DynamicTest.dynamicTest(file.getFileName().toString(), () -> perform(suite, file)));
  }

  @Test
  void aBlockIsDoneHereOrNamesWhatItNeeds() {
    List<String> unexplained =
        documents()
            .flatMap(file -> Markdown.blocks(file).stream())
            .filter(block -> !DONE.contains(block.info()))
            .filter(block -> !ELSEWHERE.contains(block.info()))
            .filter(block -> !isTest(block.info()))
            .map(Markdown.Block::toString)
            .toList();

    assertThat(unexplained).isEmpty();
  }

  @Test
  void nothingIsSetUpForADocumentThatHasNothingToDo() {
    Set<String> names =
        documents().map(file -> file.getFileName().toString()).collect(Collectors.toSet());

    assertThat(names).containsAll(STAGES.keySet());
  }

  private static void perform(Suite suite, Path document) {
    String name = document.getFileName().toString();
    assertThat(STAGES).as("what the commands of the document find").containsKey(name);
    Stage stage = STAGES.get(name).apply(suite, Performance.folder(folder, name));
    try {
      new Performance(document, suite, stage).run();
    } finally {
      stage.leave();
    }
  }

  private static boolean isTest(String info) {
    Path tests = ROOT.resolve("deploy/system-tests/src/test/java/dev/nofate");
    return info.matches("sh [A-Z]\\w+IT")
        && Stream.of("system", "system/security", "cli/publication")
            .anyMatch(
                folder -> Files.exists(tests.resolve(folder).resolve(info.substring(3) + ".java")));
  }
}
