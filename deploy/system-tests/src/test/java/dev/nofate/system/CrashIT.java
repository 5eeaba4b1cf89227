package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.audit.chain.Verdict;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I3 under SIGKILL: nothing answered unlogged, nothing logged twice, the ledger exact. */
@SuiteTest
class CrashIT {

  private static final int CALLERS = 6;

  /** So that an outage, however long and however fast it refuses, leaves no more to be redone. */
  private static final int MOST_UNANSWERED = 150;

  @ParameterizedTest
  @ValueSource(strings = {"gate-service", "audit-service", "billing-service", "meter-worker"})
  void killedUnderLoadAndStartedAgainEveryAnswerStandsInTheLogOnce(String service, Suite suite)
      throws Exception {
    Tenant tenant = suite.tenant().withRuleset();
    Load load = new Load(tenant);
    load.untilAnswered(30);
    suite.kill(service);
    load.untilTried(60);
    suite.up();
    load.untilAnswered(load.answered() + 30);
    load.end();
    Map<String, String> answers = load.repeatEverythingUnanswered();

    Map<String, Long> recorded =
        tenant.events("response_emitted").stream()
            .collect(
                Collectors.groupingBy(e -> e.get("subject").textValue(), Collectors.counting()));
    assertThat(recorded.values()).containsOnly(1L);
    assertThat(recorded.keySet()).containsExactlyInAnyOrderElementsOf(answers.keySet());
    assertThat(tenant.verdict()).isInstanceOf(Verdict.Valid.class);
    answers.forEach(
        (evaluation, answer) ->
            assertThat(tenant.request().get("/v1/evaluations/" + evaluation).asString())
                .isEqualTo(answer));
    LedgerIT.exact(tenant, answers.size());
  }

  /** Callers that go on through failures, each with keys of its own. */
  private static final class Load {
    private final Tenant tenant;
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final AtomicInteger tried = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> unanswered = new ConcurrentHashMap<>();
    private final List<Future<?>> running = new ArrayList<>();

    Load(Tenant tenant) {
      this.tenant = tenant;
      for (int i = 0; i < CALLERS; i++) {
        running.add(callers.submit(this::call));
      }
    }

    private void call() {
      while (goOn.get()) {
        if (unanswered.size() < MOST_UNANSWERED) {
          int number = count.incrementAndGet();
          send("key-" + number, Proposals.transfer(number));
        } else {
          unanswered.entrySet().stream()
              .findAny()
              .ifPresent(again -> send(again.getKey(), again.getValue()));
        }
        tried.incrementAndGet();
      }
    }

    private void send(String key, String body) {
      try {
        Response answer = tenant.evaluate(key, body);
        if (answer.statusCode() == 200) {
          answers.put(answer.path("evaluation_id"), answer.asString());
          unanswered.remove(key);
          return;
        }
      } catch (RuntimeException | AssertionError e) {
        // The service is away: its caller knows nothing, and asks again later.
      } catch (Exception e) {
        // RestAssured throws checked connection failures unchecked.
      }
      unanswered.put(key, body);
    }

    int answered() {
      return answers.size();
    }

    void untilAnswered(int n) {
      Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> answers.size() >= n);
    }

    void untilTried(int more) {
      int until = tried.get() + more;
      Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> tried.get() >= until);
    }

    void end() throws Exception {
      goOn.set(false);
      for (Future<?> caller : running) {
        caller.get(1, TimeUnit.MINUTES);
      }
      callers.shutdown();
    }

    Map<String, String> repeatEverythingUnanswered() {
      Awaitility.await()
          .atMost(2, TimeUnit.MINUTES)
          .until(
              () -> {
                Map.copyOf(unanswered).forEach(this::send);
                return unanswered.isEmpty();
              });
      return answers;
    }
  }
}
