package dev.nofate.checks.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.checks.Repository;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The billing lines of the production checklist, each with what shows it. */
class BillingRunbookTest {

  /** Section "Billing-Specific Checks" of the production checklist, word for word. */
  private static final List<String> CHECKLIST =
      List.of(
          "Verify pricing configuration matches business model",
          "Test grace period enforcement",
          "Test service suspension on payment failure",
          "Test service reactivation on payment success",
          "Verify usage ledger immutability",
          "Test meter reader idempotency",
          "Verify Stripe usage record deduplication",
          "Test invoice webhook handling",
          "Configure billing portal for customers",
          "Set up dunning emails (via Stripe)");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| (.+) \\|$");
  private static final Pattern TEST_CLASS = Pattern.compile("\\b[A-Z]\\w+(?:IT|Test)\\b");

  @Test
  void everyLineHasACommandOrTheNameOfWhoSignsIt() {
    Map<String, String> rows = rows();

    assertThat(rows.keySet()).containsAll(CHECKLIST);
    for (String line : CHECKLIST) {
      assertThat(rows.get(line)).as(line).containsAnyOf("`./", "`curl ", "Sign-off: ");
    }
  }

  @Test
  void theTestsThatItNamesAreThere() {
    String told = CHECKLIST.stream().map(rows()::get).collect(Collectors.joining("\n"));
    List<String> named = TEST_CLASS.matcher(told).results().map(hit -> hit.group()).toList();
    assertThat(named).isNotEmpty();

    List<String> sources =
        Repository.files(Repository.path(""), ".java").stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .toList();
    assertThat(sources).containsAll(named);
  }

  private static Map<String, String> rows() {
    Matcher rows =
        ROW.matcher(Repository.text(Repository.path("deploy", "runbooks", "billing.md")));
    return rows.results()
        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2), (one, other) -> one));
  }
}
