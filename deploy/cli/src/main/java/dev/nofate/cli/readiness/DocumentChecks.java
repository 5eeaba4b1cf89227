package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.verified;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Documents that are part of the project: there, and with something to carry out in them. */
record DocumentChecks(Deployment deployment) implements Register.Family {

  private static final int FEWEST_RUNBOOKS = 5;

  /** What a document's file name holds, by the checklist's ids. */
  private static final Map<String, List<String>> DOCUMENTS =
      Map.of(
          "incident-response", List.of("incident"),
          "recovery-plan", List.of("recovery", "restore"),
          "restore-procedure", List.of("restore"),
          "onboarding-guide", List.of("onboarding"));

  @Override
  public void enter(Register register) {
    register.line("runbooks", this::runbooks);
    DOCUMENTS.forEach((id, words) -> register.line(id, () -> document(words)));
  }

  private Outcome runbooks() throws IOException {
    List<String> usable = usable();
    return usable.size() >= FEWEST_RUNBOOKS
        ? verified("%d runbooks with commands: %s.", usable.size(), all(usable))
        : failed("%d runbooks with commands are there: %s.", usable.size(), all(usable));
  }

  private Outcome document(List<String> words) throws IOException {
    List<String> named = named(runbooks(file -> true), words);
    if (named.isEmpty()) {
      return failed("No file in deploy/runbooks is named after %s.", String.join(" or ", words));
    }
    List<String> found = named(usable(), words);
    return found.isEmpty()
        ? failed("deploy/runbooks/%s is there, without a block of commands.", all(named))
        : verified("deploy/runbooks/%s, with its commands.", all(found));
  }

  private static List<String> named(List<String> files, List<String> words) {
    return files.stream()
        .filter(name -> words.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains))
        .toList();
  }

  private static String all(List<String> names) {
    return String.join(", ", names);
  }

  /** Runbooks with at least one block of commands to run. */
  private List<String> usable() throws IOException {
    return runbooks(DocumentChecks::hasCommands);
  }

  private List<String> runbooks(Predicate<Path> wanted) throws IOException {
    Path folder = deployment.root().resolve("deploy/runbooks");
    if (!Files.isDirectory(folder)) {
      throw new OutOfReach("The project's deploy/runbooks is not where the command runs.");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(wanted)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static boolean hasCommands(Path file) {
    try {
      return Files.readString(file).contains("```");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "DocumentChecks";
  }
}
