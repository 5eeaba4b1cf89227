package dev.nofate.cli.publication;

import dev.nofate.cli.publication.ContractLine.Notes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The checks above are part of what must pass before anything is published. */
final class RunsInCi {

  private static final String CI = ".ci/run";
  private static final String TEST =
      "deploy/system-tests/src/test/java/dev/nofate/cli/publication/PublicationGateIT.java";
  private static final Pattern VERIFIES = Pattern.compile("(?m)^[^#\\n]*\\./mvnw\\b.*\\bverify\\b");
  private static final Pattern SKIPS =
      Pattern.compile("skipITs|skipTests|maven\\.test\\.skip|-Dtest=|-Dit\\.test=");

  private final Notes notes = new Notes("Verify publication gate checks pass in CI");

  ContractLine check(Path root) {
    String script = text(root.resolve(CI));
    notes.demand(VERIFIES.matcher(script).find(), CI, "does not run ./mvnw verify");
    notes.demand(!SKIPS.matcher(script).find(), CI, "skips tests");
    notes.demand(
        text(root.resolve("pom.xml")).contains("<module>deploy/system-tests</module>"),
        "pom.xml",
        "does not build deploy/system-tests");
    notes.demand(
        text(root.resolve(TEST)).contains("PublicationGate"),
        TEST,
        "does not run the publication gate");
    return notes
        .checked(
            "%s runs ./mvnw verify, whose module deploy/system-tests runs these checks as %s",
            CI, "PublicationGateIT")
        .line();
  }

  private static String text(Path file) {
    return Files.exists(file) ? Texts.of(file) : "";
  }
}
