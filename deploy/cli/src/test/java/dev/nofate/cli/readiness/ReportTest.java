package dev.nofate.cli.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.readiness.Checklist.Line;
import dev.nofate.cli.readiness.Outcome.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Line LINE = new Line("one", "C", "S", "One <line>", "a.md#a", null);
  private static final Line SIGNATURE =
      new Line(
          "sign", "Sign-Off", "Sign-Off", "Operations: ____ Date: ____", "a.md#s", "A signature.");

  private final Report report =
      Report.of(
          "somewhere",
          List.of(
              new Finding(LINE, Outcome.failed("Seen: hunter22 & more.")),
              new Finding(SIGNATURE, Outcome.needsPerson("A signature."))),
          Set.of("hunter22"));

  @Test
  void countsByVerdictAndHoldsOnlyWithoutAFailure() {
    assertThat(report.count(Verdict.FAILED)).isEqualTo(1);
    assertThat(report.count(Verdict.NEEDS_A_PERSON)).isEqualTo(1);
    assertThat(report.holds()).isFalse();
    assertThat(report.summary())
        .isEqualTo("2 lines: 0 verified, 1 failed, 1 needs a person, 0 not observable from here.");
  }

  @Test
  void theDigestIsOfTheContentAndOfNothingElse() {
    Report same = new Report(report.target(), report.takenAt(), report.counts(), report.lines());
    Report other = new Report("elsewhere", report.takenAt(), report.counts(), report.lines());
    assertThat(report.digest()).matches("sha256:[0-9a-f]{64}").isEqualTo(same.digest());
    assertThat(other.digest()).isNotEqualTo(report.digest());
  }

  @Test
  void thePageHasEveryLineEscapedTheSecretsHiddenAndRoomToSign() {
    String page = HtmlReport.page(report, "Recorded at seq 7.");
    assertThat(page)
        .contains("One &lt;line&gt;", "Seen: … &amp; more.", report.digest(), "Recorded at seq 7.")
        .contains("<td>Operations</td><td></td><td></td><td></td>")
        .contains("deploy/runbooks/a.md#a")
        .doesNotContain("hunter22", "<link", "<script", "src=");
  }
}
