package dev.nofate.audit.append;

import static dev.nofate.audit.fixture.Client.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.event.EventRow;
import dev.nofate.audit.fixture.Database;
import dev.nofate.embedded.PartsTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** I3, I5 and I8 where they are made: several replicas, lost connections, full queues. */
@QuarkusTest
class GroupCommitIT {

  @Inject AppendStore store;
  @Inject ChainReader reader;
  @Inject DrainLoops loops;
  @Inject Pool pool;

  private final UUID tenant = newId();

  @Test
  void putsConcurrentAppendsIntoOneUnbrokenChain() throws Exception {
    Replica replica = new Replica(store, loops);
    List<CompletableFuture<Appended>> answers = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      answers.add(replica.append(Replica.draft(tenant, 1 + i % 9)));
    }

    Set<Long> places = places(answers);

    assertThat(places).hasSize((int) intact().seq());
    assertThat(replica.registry.get("nofate.audit.batch.appends").summary().max())
        .as("appends that shared a statement")
        .isGreaterThan(1);
  }

  @Test
  void staysOneChainWhenTwoReplicasWriteIt() throws Exception {
    Replica one = new Replica(store, loops);
    Replica other = new Replica(store, loops);
    List<CompletableFuture<Appended>> answers = new ArrayList<>();
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 5; i++) {
        answers.add(one.append(Replica.draft(tenant, 3)));
        answers.add(other.append(Replica.draft(tenant, 2)));
      }
      answers.get(answers.size() - 1).get(20, TimeUnit.SECONDS);
      answers.get(answers.size() - 2).get(20, TimeUnit.SECONDS);
    }

    assertThat(places(answers)).hasSize(40 * 25);
    assertThat(intact().seq()).isEqualTo(40 * 25);
  }

  @Test
  void writesAnAppendIdOnceWhicheverReplicaGetsIt() throws Exception {
    Replica one = new Replica(store, loops);
    Replica other = new Replica(store, loops);
    List<CompletableFuture<Appended>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      UUID id = newId();
      for (Replica replica : List.of(one, other, one)) {
        answers.add(replica.append(Replica.draft(tenant, id, 2)));
      }
    }

    assertThat(places(answers)).hasSize(100);
    assertThat(intact().seq()).isEqualTo(100);
    assertThat(answers.stream().filter(answer -> !answer.join().replayed())).hasSize(50);
  }

  @Test
  void looksForTheAppendAfterAConnectionWasLostBehindTheCommit() throws Exception {
    AtomicBoolean cut = new AtomicBoolean(true);
    AppendStore losing =
        new AppendStore(pool, reader) {
          @Override
          Uni<Void> insert(UUID of, Plan plan) {
            Uni<Void> inserted = super.insert(of, plan);
            return cut.getAndSet(false)
                ? inserted.chain(() -> Uni.createFrom().failure(new IOException("cut")))
                : inserted;
          }
        };
    Replica replica = new Replica(losing, loops);

    Appended appended = replica.append(Replica.draft(tenant, 3)).get(20, TimeUnit.SECONDS);

    assertThat(appended.replayed()).isTrue();
    assertThat(appended.entries()).hasSize(3);
    assertThat(intact().seq()).isEqualTo(3);
  }

  @Test
  void writesAgainWhenAConnectionWasLostBeforeTheCommit() throws Exception {
    AtomicBoolean cut = new AtomicBoolean(true);
    AppendStore losing =
        new AppendStore(pool, reader) {
          @Override
          Uni<Void> insert(UUID of, Plan plan) {
            return cut.getAndSet(false)
                ? Uni.createFrom().failure(new IOException("cut"))
                : super.insert(of, plan);
          }
        };

    Appended appended =
        new Replica(losing, loops).append(Replica.draft(tenant, 3)).get(20, TimeUnit.SECONDS);

    assertThat(appended.replayed()).isFalse();
    assertThat(intact().seq()).isEqualTo(3);
  }

  @Test
  void losesAndDoublesNothingWhileConnectionsAreKilled() throws Exception {
    Replica replica = new Replica(store, loops, InstantSource.system(), Map.of("attempts", "30"));
    List<CompletableFuture<Appended>> answers = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 20; i++) {
        answers.add(replica.append(Replica.draft(tenant, 2)));
      }
      Database.column(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'audit_app'");
      answers.get(answers.size() - 1).get(20, TimeUnit.SECONDS);
    }

    assertThat(places(answers)).hasSize(400);
    assertThat(intact().seq()).isEqualTo(400);
  }

  @Test
  void writesAnAppendThatNobodyWaitsForAnyMore() {
    Replica replica = new Replica(store, loops);
    Cancellable request =
        replica.queue().append(Replica.draft(tenant, 2)).subscribe().with(appended -> {});
    request.cancel();

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(intact().seq()).isEqualTo(2));
  }

  @Test
  void neverTurnsTimeBack() throws Exception {
    AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-11-23T10:00:00.1234567Z"));
    Replica replica = new Replica(store, loops, now::get, Map.of());
    Entry first = only(replica.append(Replica.draft(tenant, 1)));
    now.set(Instant.parse("2026-11-23T09:00:00Z"));
    Entry second = only(replica.append(Replica.draft(tenant, 1)));

    assertThat(first.envelope().at()).isEqualTo(Instant.parse("2026-11-23T10:00:00.123456Z"));
    assertThat(second.envelope().at()).isEqualTo(first.envelope().at());
    intact();
  }

  @Test
  void refusesUntilTheTimeOfAnAppendHasComeAndWritesTheOthersOfItsBatch() throws Exception {
    Instant end = Instant.parse("2026-11-23T11:00:00Z");
    AtomicReference<Instant> now = new AtomicReference<>(end.minusNanos(1));
    Replica replica = new Replica(store, loops, now::get, Map.of());
    Draft fence = notBefore(Replica.draft(tenant, 1), end);
    CompletableFuture<Appended> early = replica.append(fence);
    CompletableFuture<Appended> plain = replica.append(Replica.draft(tenant, 1));

    assertThatThrownBy(() -> early.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.TOO_EARLY));
    assertThat(only(plain).envelope().seq()).isEqualTo(1);

    now.set(end);
    assertThat(only(replica.append(fence)).envelope().at()).isEqualTo(end);
    now.set(end.minusSeconds(60));
    assertThat(only(replica.append(fence)).envelope().at()).isEqualTo(end);
  }

  @Test
  void refusesWhenAsManyAppendsWaitAsMayWait() throws Exception {
    Replica replica =
        new Replica(store, loops, InstantSource.system(), Map.of("queue-length-per-tenant", "3"));
    List<CompletableFuture<Appended>> answers = new ArrayList<>();
    try (Connection turn = turnTaken()) {
      answers.add(replica.append(Replica.draft(tenant, 1)));
      await().until(() -> replica.registry.get("nofate.audit.append.queued").gauge().value() == 0);
      for (int i = 0; i < 5; i++) {
        answers.add(replica.append(Replica.draft(tenant, 1)));
      }
      assertThat(answers.subList(4, 6))
          .allSatisfy(answer -> assertRefused(answer, Refusal.Reason.QUEUE_FULL));
      assertThat(answers.subList(0, 4)).noneMatch(CompletableFuture::isDone);
    }

    assertThat(places(answers.subList(0, 4))).hasSize(4);
    assertThat(intact().seq()).isEqualTo(4);
  }

  @Test
  void boundsTheWaitingAppendsAndBytesOfAllTenants() throws Exception {
    Replica narrow = new Replica(store, loops, InstantSource.system(), Map.of("queue-length", "0"));
    Replica small = new Replica(store, loops, InstantSource.system(), Map.of("queue-bytes", "6"));

    assertRefused(narrow.append(Replica.draft(tenant, 1)), Refusal.Reason.QUEUE_FULL);
    assertRefused(small.append(Replica.draft(tenant, 1)), Refusal.Reason.QUEUE_FULL);
    assertThat(intact().seq()).isZero();
  }

  @Test
  void saysThatAnAppendWasNotConfirmedWhenTheDatabaseDoesNotAnswer() throws Exception {
    Replica replica =
        new Replica(
            store,
            loops,
            InstantSource.system(),
            Map.of("attempt-timeout", "PT0.2S", "attempts", "2"));
    Draft draft = Replica.draft(tenant, 2);
    try (Connection turn = turnTaken()) {
      assertRefused(replica.append(draft), Refusal.Reason.NOT_CONFIRMED);
    }

    Appended again = replica.append(draft).get(20, TimeUnit.SECONDS);

    assertThat(again.entries()).hasSize(2);
    await().untilAsserted(() -> assertThat(intact().seq()).isEqualTo(2));
  }

  @Test
  void answersInTimeWhetherOrNotAnAttemptIsStillRunning() throws Exception {
    Replica replica =
        new Replica(store, loops, InstantSource.system(), Map.of("answer-timeout", "PT0.2S"));
    try (Connection turn = turnTaken()) {
      assertRefused(replica.append(Replica.draft(tenant, 2)), Refusal.Reason.NOT_CONFIRMED);
    }

    await().untilAsserted(() -> assertThat(intact().seq()).isEqualTo(2));
  }

  @Test
  void keepsWhatOneRequestBroughtTogetherWhenTwoReplicasWrite() throws Exception {
    Replica one = new Replica(store, loops);
    Replica other = new Replica(store, loops);
    List<CompletableFuture<List<Appended>>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<Draft> drafts =
          List.of(Replica.draft(tenant, 2), Replica.draft(tenant, 1), Replica.draft(tenant, 3));
      answers.add((i % 2 == 0 ? one : other).appendAll(drafts));
    }

    for (CompletableFuture<List<Appended>> answer : answers) {
      List<Entry> entries =
          answer.get(20, TimeUnit.SECONDS).stream()
              .flatMap(appended -> appended.entries().stream())
              .toList();
      assertThat(entries).hasSize(6);
      assertThat(entries.get(5).envelope().seq() - entries.get(0).envelope().seq()).isEqualTo(5);
    }
    assertThat(intact().seq()).isEqualTo(120);
  }

  private Set<Long> places(List<CompletableFuture<Appended>> answers) throws Exception {
    Set<Long> places = new HashSet<>();
    for (CompletableFuture<Appended> answer : answers) {
      answer
          .get(30, TimeUnit.SECONDS)
          .entries()
          .forEach(entry -> places.add(entry.envelope().seq()));
    }
    return places;
  }

  private static Entry only(CompletableFuture<Appended> answer) throws Exception {
    return answer.get(20, TimeUnit.SECONDS).entries().get(0);
  }

  private static Draft notBefore(Draft draft, Instant time) {
    return new Draft(draft.appendId(), draft.tenant(), draft.events(), time);
  }

  private static void assertRefused(CompletableFuture<Appended> answer, Refusal.Reason reason) {
    assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  /** Takes the tenant's turn, so that nobody writes its chain until the connection closes. */
  private Connection turnTaken() throws SQLException {
    Connection connection = PartsTestResource.superuser().connect();
    connection.setAutoCommit(false);
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, tenant.toString());
      lock.execute();
    }
    return connection;
  }

  /** Verifies the tenant's chain from its rows: no hole, time never back, every hash right. */
  private Position intact() {
    ChainVerifier verifier = ChainVerifier.startingAtGenesis(tenant);
    // A pool whose connections were killed finds out one by one.
    List<EventRow> rows =
        Uni.createFrom()
            .deferred(() -> reader.page(tenant, 0, Long.MAX_VALUE, 100_000))
            .onFailure()
            .retry()
            .withBackOff(Duration.ofMillis(20))
            .atMost(30)
            .await()
            .atMost(Duration.ofSeconds(20));
    rows.forEach(row -> verifier.accept(row.entry()));
    assertThat(verifier.verdict()).isInstanceOf(Verdict.Valid.class);
    return ((Verdict.Valid) verifier.verdict()).head();
  }
}
