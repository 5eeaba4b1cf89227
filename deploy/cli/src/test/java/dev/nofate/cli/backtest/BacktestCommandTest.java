package dev.nofate.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.Nofate;
import dev.nofate.cli.fixture.StandInSuite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {

  /** A variable that every process has, in the place of a key. */
  private static final String VARIABLE = "PATH";

  private static final String DIFFERENCE =
      "{\"kind\":\"difference\",\"evaluation_id\":\"e-1\",\"received_at\":\"2026-11-23T10:00:00Z\","
          + "\"recorded\":{\"state\":\"DETERMINISTIC_COMPLIANCE\",\"reason\":null},"
          + "\"draft\":{\"state\":\"DETERMINISTIC_VIOLATION\",\"reason\":{\"code\":\"RULE_VIOLATION\"}}}\n";

  private final List<String> requests = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final List<Integer> busy = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private int status = 200;
  private StandInSuite suite;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    suite =
        StandInSuite.answering(
            request -> {
              requests.add(request.line());
              bodies.add(request.body());
              return busy.isEmpty()
                  ? new StandInSuite.Answer(status, answers.remove(0))
                  : new StandInSuite.Answer(
                      busy.remove(0), "{\"code\":\"UNAVAILABLE\"}", Map.of("Retry-After", "0"));
            });
  }

  @AfterEach
  void stop() {
    suite.close();
  }

  @Test
  void addsUpOverSeveralRequestsAndFailsWhenSomethingIsDecidedOtherwise() throws IOException {
    answers.add(sums(3, 0, false, "2026|x") + DIFFERENCE + sums(10, 1, false, "2026|y"));
    answers.add(sums(4, 0, true, null));

    assertThat(run("--to", "2026-12-01T00:00:00Z")).isEqualTo(1);

    assertThat(requests)
        .containsExactly(
            "POST /v1/rulesets/payments.transfer/backtest?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z",
            "POST /v1/rulesets/payments.transfer/backtest?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z"
                + "&after=2026%7Cy");
    assertThat(bodies).containsOnly("{\"the\":\"draft\"}");
    assertThat(out.toString())
        .contains(
            "e-1  2026-11-23T10:00:00Z  DETERMINISTIC_COMPLIANCE -> DETERMINISTIC_VIOLATION RULE_VIOLATION",
            "14 evaluations examined: 13 the same, 1 decided otherwise, 0 erased",
            "draft sha256:d");
  }

  @Test
  void isContentWhenAllIsDecidedTheSame() throws IOException {
    answers.add(sums(2, 0, true, null));

    assertThat(run("--json")).isZero();

    assertThat(out.toString().lines())
        .singleElement()
        .asString()
        .contains("\"kind\":\"sums\"", "\"examined\":2", "\"count\":2");
  }

  @Test
  void saysWhyADraftIsNotAccepted() throws IOException {
    status = 422;
    answers.add("{\"code\":\"RULESET_REFUSED\"}");

    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("422", "RULESET_REFUSED");
  }

  @Test
  void doesNotTakeAnAnswerThatWasCutOffForAResult() throws IOException {
    answers.add(DIFFERENCE);

    assertThat(run()).isEqualTo(3);
    assertThat(err.toString()).contains("ended without sums");
    assertThat(out.toString()).doesNotContain("examined");
  }

  @Test
  void asksAgainWhileTheServiceIsBusy() throws IOException {
    busy.addAll(List.of(503, 429));
    answers.add(sums(2, 0, true, null));

    assertThat(run()).isZero();
    assertThat(requests).hasSize(3).containsOnly(requests.get(0));
  }

  @Test
  void saysThatItDidNotGetToTheEndWhenPatienceIsOver() throws IOException {
    busy.add(503);

    assertThat(run("--patience", "PT0S")).isEqualTo(3);
    assertThat(err.toString()).contains("503", "UNAVAILABLE");
  }

  @Test
  void doesNotTakeABrokenConnectionForADifference() throws IOException {
    suite.close();

    assertThat(run()).isEqualTo(3);
    assertThat(err.toString()).contains("was not answered");
  }

  @Test
  void needsAFileThatIsThere() {
    assertThat(line("backtest", "payments.transfer", folder.resolve("none").toString()))
        .isEqualTo(2);
    assertThat(requests).isEmpty();
  }

  private static String sums(int examined, int differing, boolean complete, String next) {
    return ("{\"kind\":\"sums\",\"draft_digest\":\"sha256:d\",\"examined\":%d,\"same\":%d,\"differing\":%d,"
            + "\"erased\":0,\"states\":[{\"recorded\":\"DETERMINISTIC_COMPLIANCE\","
            + "\"draft\":\"DETERMINISTIC_COMPLIANCE\",\"count\":%d}],\"complete\":%s,\"next\":%s}\n")
        .formatted(
            examined,
            examined - differing,
            differing,
            examined,
            complete,
            next == null ? null : '"' + next + '"');
  }

  private int run(String... options) throws IOException {
    Path draft = Files.writeString(folder.resolve("draft.json"), "{\"the\":\"draft\"}");
    List<String> words =
        new ArrayList<>(List.of("backtest", "payments.transfer", draft.toString()));
    words.addAll(List.of(options));
    words.addAll(List.of("--url", suite.url(), "--key-env", VARIABLE));
    return line(words.toArray(String[]::new));
  }

  private int line(String... words) {
    return Nofate.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }
}
