package dev.nofate.audit.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I3: whatever the database does in the middle of an append, it stands once or was never told. */
class FaultsIT {

  /** Patience for a busy machine; what a test waits for comes much sooner. */
  private static final Map<String, String> PATIENT =
      Map.of("attempts", "20", "attempt-timeout", "PT20S", "answer-timeout", "PT60S");

  @TempDir private static Path folder;
  private static Server server;

  private final UUID tenant = UuidCreator.getTimeOrderedEpoch();

  @BeforeAll
  static void start() {
    server = new Server(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void appendsOnceWhenItWasTheVictimOfADeadlock() throws Exception {
    Replica replica = server.replica(PATIENT);
    long before = deadlocks();
    CompletableFuture<Appended> answer;
    try (Connection other = server.connect();
        Statement statement = other.createStatement()) {
      // The other one waits longer than the append before it looks for a deadlock.
      statement.execute("SET deadlock_timeout = '1min'");
      other.setAutoCommit(false);
      statement.execute(
          """
          INSERT INTO audit_events VALUES ('%s', 1, now(), 'admin_action', NULL, '{}', sha256('x'), '%s')
          """
              .formatted(tenant, tenant));
      answer = replica.append(Replica.draft(tenant, 3));
      await().atMost(Duration.ofSeconds(20)).until(() -> waiting("transactionid") == 1);
      statement.execute(
          "SELECT pg_advisory_xact_lock(hashtextextended('%s', 0))".formatted(tenant));
      other.rollback();
    }

    assertThat(answer.get(60, TimeUnit.SECONDS).entries()).hasSize(3);
    assertThat(server.intact(tenant)).isEqualTo(3);
    await().atMost(Duration.ofSeconds(20)).until(() -> deadlocks() > before);
    assertThat(transientFailures(replica)).isPositive();
  }

  @Test
  void appendsOnceWhenTransactionsCannotBeSerialized() throws Exception {
    server.execute("ALTER ROLE audit_app SET default_transaction_isolation = 'serializable'");
    try {
      Replica one = server.replica(PATIENT);
      Replica other = server.replica(PATIENT);
      List<CompletableFuture<Appended>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        answers.add((i % 2 == 0 ? one : other).append(Replica.draft(tenant, 2)));
      }
      for (CompletableFuture<Appended> answer : answers) {
        answer.get(60, TimeUnit.SECONDS);
      }
    } finally {
      server.execute("ALTER ROLE audit_app RESET default_transaction_isolation");
    }
    assertThat(server.intact(tenant)).isEqualTo(120);
  }

  /** Refused once by the server itself, with a state that says that another attempt may succeed. */
  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "57014", "55P03", "53300", "25006"})
  void appendsOnceAfterAFailureThatPasses(String state) throws Exception {
    server.execute(
        """
        CREATE SEQUENCE once;
        GRANT USAGE ON SEQUENCE once TO audit_app;
        CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('audit.once') = 1 THEN RAISE EXCEPTION 'once' USING ERRCODE = '%s'; END IF;
          RETURN NULL;
        END $$;
        CREATE TRIGGER once AFTER INSERT ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION fail_once();
        """
            .formatted(state));
    try {
      Replica replica = server.replica(PATIENT);

      Appended appended = replica.append(Replica.draft(tenant, 2)).get(60, TimeUnit.SECONDS);

      assertThat(appended.replayed()).isFalse();
      assertThat(transientFailures(replica)).isEqualTo(1);
      assertThat(server.intact(tenant)).isEqualTo(2);
    } finally {
      server.execute(
          "DROP TRIGGER once ON audit_events; DROP FUNCTION fail_once(); DROP SEQUENCE once");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pg_cancel_backend", "pg_terminate_backend"})
  void appendsOnceWhenItsStatementOrConnectionIsCutInTheMiddle(String cut) throws Exception {
    Replica replica = server.replica(PATIENT);
    CompletableFuture<Appended> answer;
    try (Connection turn = server.connect();
        Statement statement = turn.createStatement()) {
      turn.setAutoCommit(false);
      statement.execute(
          "SELECT pg_advisory_xact_lock(hashtextextended('%s', 0))".formatted(tenant));
      answer = replica.append(Replica.draft(tenant, 4));
      for (int i = 1; i <= 3; i++) {
        int cuts = i;
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting("advisory") == 1);
        server.execute(
            "SELECT %s(pid) FROM pg_stat_activity WHERE usename = 'audit_app' AND wait_event = 'advisory'"
                .formatted(cut));
        await().atMost(Duration.ofSeconds(20)).until(() -> transientFailures(replica) >= cuts);
      }
    }

    assertThat(answer.get(60, TimeUnit.SECONDS).entries()).hasSize(4);
    assertThat(server.intact(tenant)).isEqualTo(4);
  }

  @Test
  void losesAndDoublesNothingWhilePostgresIsKilledAndStartsAgain() throws Exception {
    Callers callers = new Callers(server.replica(Map.of("attempt-timeout", "PT2S")), tenant);
    for (int crash = 0; crash < 2; crash++) {
      callers.untilAcknowledged(callers.acknowledged.get() + 40);
      server.killAndStart();
    }
    callers.untilAcknowledged(callers.acknowledged.get() + 40);
    int appends = callers.end();

    assertThat(server.intact(tenant)).isEqualTo(2L * appends);
    assertThat(
            server.number(
                "SELECT count(*) FROM audit_appends WHERE tenant_id = '%s'".formatted(tenant)))
        .isEqualTo(appends);
  }

  @Test
  void goesOnWhereTheChainEndsWhenTheHeadItRemembersIsGone() throws Exception {
    Replica replica = server.replica(PATIENT);
    replica.append(Replica.draft(tenant, 2)).get(60, TimeUnit.SECONDS);
    replica.append(Replica.draft(tenant, 1)).get(60, TimeUnit.SECONDS);
    server.execute(
        """
        SET session_replication_role = replica;
        DELETE FROM audit_events WHERE tenant_id = '%1$s' AND seq = 3;
        DELETE FROM audit_appends WHERE tenant_id = '%1$s' AND first_seq = 3;
        """
            .formatted(tenant));

    replica.append(Replica.draft(tenant, 2)).get(60, TimeUnit.SECONDS);

    assertThat(server.intact(tenant)).isEqualTo(4);
  }

  @Test
  void acknowledgesNothingThatNoStandbyHasThoughACrashShowsIt() throws Exception {
    Replica replica = server.replica(Map.of("attempt-timeout", "PT0.5S", "attempts", "3"));
    replica.append(Replica.draft(tenant, 1)).get(60, TimeUnit.SECONDS);
    Draft draft = Replica.draft(tenant, 2);
    server.waitForStandby("nobody");
    try {
      assertRefused(replica.append(draft));
      server.killAndStart();
      assertThat(server.number(eventsOf(draft))).as("events that the crash shows").isEqualTo(2);

      assertRefused(replica.append(draft));
    } finally {
      server.waitForStandby("");
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> replica.append(draft).get(60, TimeUnit.SECONDS).replayed());
    assertThat(server.intact(tenant)).isEqualTo(3);
  }

  private static String eventsOf(Draft draft) {
    return "SELECT count(*) FROM audit_events WHERE append_id = '%s'".formatted(draft.appendId());
  }

  private static void assertRefused(CompletableFuture<Appended> answer) {
    assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.NOT_CONFIRMED));
  }

  /** Callers that repeat an append under its id until it is acknowledged. */
  private static final class Callers {
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(6);
    private final List<Future<Integer>> running = new ArrayList<>();

    Callers(Replica replica, UUID tenant) {
      for (int i = 0; i < 6; i++) {
        running.add(threads.submit(() -> call(replica, tenant)));
      }
    }

    private int call(Replica replica, UUID tenant) throws Exception {
      int appends = 0;
      while (goOn.get()) {
        Draft draft = Replica.draft(tenant, 2);
        appends++;
        while (!isAcknowledged(replica, draft)) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
        acknowledged.incrementAndGet();
      }
      return appends;
    }

    private static boolean isAcknowledged(Replica replica, Draft draft) throws Exception {
      try {
        return replica.append(draft).get(60, TimeUnit.SECONDS).entries().size() == 2;
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(Refusal.class);
        return false;
      }
    }

    void untilAcknowledged(int count) {
      await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged.get() >= count);
    }

    int end() throws Exception {
      goOn.set(false);
      int appends = 0;
      for (Future<Integer> caller : running) {
        appends += caller.get(2, TimeUnit.MINUTES);
      }
      threads.shutdown();
      return appends;
    }
  }

  private static double transientFailures(Replica replica) {
    return replica.registry.find("nofate.audit.append.attempts.failed").counters().stream()
        .filter(counter -> "transient".equals(counter.getId().getTag("cause")))
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static long waiting(String event) throws SQLException {
    return server.number(
        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'audit_app' AND wait_event = '%s'"
            .formatted(event));
  }

  private static long deadlocks() throws SQLException {
    return server.number(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  }
}
