package dev.nofate.cli.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.Nofate;
import dev.nofate.cli.fixture.StandInSuite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BillingCommandsTest {

  /** A variable that every process has, in the place of a key. */
  private static final String VARIABLE = "PATH";

  private static final String PARKED =
      "{\"items\":[{\"event_id\":\"evt_1\",\"type\":\"invoice.paid\",\"attempts\":8,"
          + "\"received_at\":\"2026-11-23T10:00:00.000000Z\",\"parked_reason\":\"UNKNOWN_CUSTOMER\"}]}";

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private StandInSuite suite;

  @BeforeEach
  void start() throws IOException {
    suite =
        StandInSuite.answering(
            request -> {
              requests.add(request.line());
              String body = answers.getOrDefault(request.line(), "");
              int status = answers.containsKey(request.line()) ? (body.isEmpty() ? 204 : 200) : 404;
              return new StandInSuite.Answer(status, body);
            });
  }

  @AfterEach
  void stop() {
    suite.close();
  }

  @Test
  void listsParkedEventsWithTheirReasons() {
    answers.put("GET /v1/billing/webhooks?limit=200", PARKED);

    assertThat(run("webhooks", "list")).isEqualTo(1);
    assertThat(out.toString()).contains("evt_1", "invoice.paid", "UNKNOWN_CUSTOMER");

    answers.put("GET /v1/billing/webhooks?limit=200", "{\"items\":[]}");
    assertThat(run("webhooks", "list")).isZero();
  }

  @Test
  void replaysWhatIsNamedOrEverythingThatIsParked() {
    answers.put("GET /v1/billing/webhooks?limit=200", PARKED);
    answers.put("POST /v1/billing/webhooks/evt_1/replay", "");

    assertThat(run("webhooks", "replay", "evt_1")).isZero();
    assertThat(run("webhooks", "replay", "--all")).isZero();
    assertThat(run("webhooks", "replay", "evt_unknown")).isEqualTo(1);
    assertThat(requests).filteredOn(one -> one.endsWith("evt_1/replay")).hasSize(2);
  }

  @Test
  void replaysNothingThatIsNoEventAndNothingUnasked() {
    assertThat(run("webhooks", "replay", "../accounts")).isEqualTo(Target.NOT_ANSWERED);
    assertThat(run("webhooks", "replay")).isEqualTo(Target.NOT_ANSWERED);
    assertThat(run("webhooks", "replay", "--all", "evt_1")).isEqualTo(Target.NOT_ANSWERED);
    assertThat(requests).isEmpty();
  }

  @Test
  void showsTheComparisonAndFailsOnADifferenceAlone() {
    String told =
        "{\"period\":\"2026-11\",\"entries\":2,\"entries_counted\":1,\"entries_reported\":2,"
            + "\"verdict\":\"%s\",\"carried_out_nanousd\":5,\"checks\":[{\"name\":\"bytes_in\","
            + "\"verdict\":\"%s\",\"observed\":\"chain_bytes_in is 1, ledger_bytes_in is 2.\"}]}";
    String request = "GET /v1/billing/reconciliation?period=2026-11";
    answers.put(request, told.formatted("DIFFERENT", "DIFFERENT"));

    assertThat(run("billing", "reconcile", "--period", "2026-11")).isEqualTo(1);
    assertThat(out.toString())
        .contains("2 entries, 1 compared", "chain_bytes_in is 1", "carried forward: 5");

    answers.put(request, told.formatted("NOT_OBSERVED", "NOT_OBSERVED"));
    assertThat(run("billing", "reconcile", "--period", "2026-11")).isZero();
  }

  @Test
  void showsWhatWaitsForAPerson() {
    for (String list : List.of("held-reports", "meter-faults", "webhooks")) {
      answers.put("GET /v1/billing/" + list, "{\"items\":[]}");
    }
    assertThat(run("billing", "waiting")).isZero();

    answers.put("GET /v1/billing/meter-faults", "{\"items\":[{\"event_id\":\"evt_7\"}]}");
    assertThat(run("billing", "waiting")).isEqualTo(1);
    assertThat(out.toString()).contains("evt_7");
  }

  @Test
  void sendsNoKeyToAnotherSuiteUnlessOneIsNamed() {
    CommandLine line = line();

    assertThat(line.execute("billing", "waiting", "--url", url())).isEqualTo(Target.NOT_ANSWERED);
    assertThat(err.toString()).contains("--url needs --key-env");
    assertThat(requests).isEmpty();
  }

  private int run(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--url", url(), "--key-env", VARIABLE));
    return line().execute(words.toArray(String[]::new));
  }

  private CommandLine line() {
    return Nofate.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }

  private String url() {
    return suite.url();
  }
}
