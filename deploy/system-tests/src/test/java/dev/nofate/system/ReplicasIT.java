package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.audit.chain.Verdict;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.ServiceToken;
import dev.nofate.cli.stack.StackFile;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** I5 and I8: two processes of audit-service write one chain, and one of them is killed. */
@SuiteTest
class ReplicasIT {

  private static final int CALLERS_EACH = 4;
  private static final int OK = 200;

  @Test
  void twoReplicasWriteOneChainAndOneOfThemIsKilledUnderLoad(Suite suite) throws Exception {
    Tenant tenant = suite.tenant();
    String first = suite.serviceUrl("audit-service");
    StackFile.Running second = suite.replicate("audit-service");
    Appending appending = new Appending(suite, tenant, first, second.url());
    appending.untilAcknowledged(first, 60);
    appending.untilAcknowledged(second.url(), 60);

    ProcessHandle killed = ProcessHandle.of(second.pid()).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().join();
    appending.untilAcknowledged(first, appending.acknowledged(first) + 60);
    Set<String> acknowledged = appending.end();

    assertThat(tenant.verdict()).isInstanceOf(Verdict.Valid.class);
    Map<String, Integer> recorded = recorded(suite, tenant);
    assertThat(recorded.keySet()).containsAll(acknowledged);
    acknowledged.forEach(append -> assertThat(recorded.get(append)).isEqualTo(3));
  }

  /** Events in the chain by the append that brought them, whatever the log says of its appends. */
  private static Map<String, Integer> recorded(Suite suite, Tenant tenant) throws Exception {
    try (Connection db = suite.superuser();
        PreparedStatement statement =
            db.prepareStatement(
                """
                SELECT payload->>'append', count(*)
                  FROM audit.audit_events
                 WHERE tenant_id = ?::uuid AND payload->>'append' IS NOT NULL
                 GROUP BY 1
                """)) {
      statement.setString(1, tenant.id());
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, Integer> found = new HashMap<>();
        while (rows.next()) {
          found.put(rows.getString(1), rows.getInt(2));
        }
        return found;
      }
    }
  }

  /** Callers that repeat an append elsewhere, under its id, when it was not acknowledged. */
  private static final class Appending {
    private final Tenant tenant;
    private final List<String> urls;
    private final String token;
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();

    Appending(Suite suite, Tenant tenant, String... urls) {
      this.tenant = tenant;
      this.urls = List.of(urls);
      Home home = new Home(Path.of(System.getProperty("nofate.root")), suite.home());
      token = ServiceToken.mint(home, "gate-service", Duration.ofMinutes(30));
      for (String url : urls) {
        acknowledged.put(url, ConcurrentHashMap.newKeySet());
        for (int i = 0; i < CALLERS_EACH; i++) {
          running.add(callers.submit(() -> call(url)));
        }
      }
    }

    private void call(String preferred) {
      while (goOn.get()) {
        String append = UUID.randomUUID().toString();
        for (int turn = urls.indexOf(preferred); !isAcknowledged(url(turn), append); turn++) {
          pause();
        }
      }
    }

    private String url(int turn) {
      return urls.get(turn % urls.size());
    }

    private boolean isAcknowledged(String url, String append) {
      String event =
          "{\"type\":\"admin_action\",\"payload\":{\"append\":\"%s\"}}".formatted(append);
      String body =
          "{\"append_id\":\"%s\",\"tenant\":\"%s\",\"events\":[%s,%s,%s]}"
              .formatted(append, tenant.id(), event, event, event);
      try {
        int status =
            RestAssured.given()
                .baseUri(url)
                .header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body)
                .post("/internal/audit/appends")
                .statusCode();
        if (status == OK) {
          acknowledged.get(url).add(append);
          return true;
        }
        assertThat(status).isEqualTo(503);
        return false;
      } catch (RuntimeException e) {
        return false;
      } catch (Exception e) {
        // RestAssured throws checked connection failures unchecked: the replica is gone.
        return false;
      }
    }

    int acknowledged(String url) {
      return acknowledged.get(url).size();
    }

    void untilAcknowledged(String url, int count) {
      await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged(url) >= count);
    }

    Set<String> end() throws Exception {
      goOn.set(false);
      for (Future<?> caller : running) {
        caller.get(1, TimeUnit.MINUTES);
      }
      callers.shutdown();
      Set<String> all = ConcurrentHashMap.newKeySet();
      acknowledged.values().forEach(all::addAll);
      return all;
    }

    private static void pause() {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
