package dev.nofate.checks.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.checks.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the runbook says is shown by a test that exists. */
class SecurityRunbookTest {

  /** The production checklist's section Security. */
  private static final List<String> CHECKLIST =
      List.of(
          "Enable HTTPS only",
          "Configure CORS policies",
          "Implement rate limiting per tenant",
          "Set up WAF (Web Application Firewall)",
          "Configure security headers (Helmet.js)",
          "Enable audit logging for all admin actions",
          "Set up intrusion detection",
          "Configure DDoS protection");

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:IT|Test))`");

  private final String text = Repository.text(Repository.path("deploy", "runbooks", "security.md"));

  @Test
  void everyLineOfTheChecklistStandsThereOnceWithATest() {
    assertThat(CHECKLIST).allSatisfy(line -> assertThat(rows(line)).hasSize(1));
    assertThat(CHECKLIST).allSatisfy(line -> assertThat(rows(line).get(0)).containsPattern(TEST));
  }

  @Test
  void everyRiskOfTheTopTenStandsThereOnceWithATest() {
    IntStream.rangeClosed(1, 10)
        .mapToObj(number -> "API" + number + " ")
        .forEach(
            risk -> {
              List<String> rows = rows(risk);
              assertThat(rows).as(risk).hasSize(1);
              assertThat(rows.get(0)).as(risk).containsPattern(TEST);
            });
  }

  @Test
  void everyTestThatIsNamedExists() {
    Set<String> classes =
        Repository.files(Repository.path(""), ".java").stream()
            .map(Path::getFileName)
            .map(file -> file.toString().replace(".java", ""))
            .collect(Collectors.toSet());
    Set<String> named =
        TEST.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    assertThat(named).hasSizeGreaterThan(30).isSubsetOf(classes);
  }

  /** The third cells of the rows whose first cell begins so. */
  private List<String> rows(String beginning) {
    Matcher row = ROW.matcher(text);
    return row.results()
        .filter(match -> match.group(1).startsWith(beginning))
        .map(match -> match.group(3))
        .toList();
  }
}
