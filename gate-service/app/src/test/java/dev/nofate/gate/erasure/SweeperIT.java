package dev.nofate.gate.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sweeper keeps up, takes turns between tenants, and is not in its replicas' way. */
@GateTest
class SweeperIT {

  private static final Logger LOG = Logger.getLogger(SweeperIT.class);
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

  @Inject ErasureStore store;
  @Inject Erasures erasures;
  @Inject MeterRegistry registry;
  @Inject Sweeper sweeper;

  private Client large;
  private Client small;

  @BeforeEach
  void tenantsThatKeepContentsForTenDays() {
    large = Client.fresh();
    small = Client.fresh();
    for (Client client : List.of(large, small)) {
      client.request().body("{\"retention_days\":10}").put("/v1/retention").then().statusCode(200);
    }
  }

  @AfterEach
  void nothingIsLeftForOtherTests() {
    sweeper.run().await().indefinitely();
  }

  @Test
  void aRunGoesOnUntilNothingIsDue() throws Exception {
    contents(large, 2_500, "30 days");
    contents(large, 3, "9 days");
    long started = System.nanoTime();
    sweeper.run().await().atMost(LONG_ENOUGH);
    LOG.infof(
        "FIGURE retention: %d contents a second, with a log that is stood in for",
        2_500 * 1_000_000_000L / (System.nanoTime() - started));
    assertThat(left(large)).isEqualTo(3);
    assertThat(recorded(large)).isEqualTo(2_500);
    assertThat(owed(large)).isZero();
  }

  @Test
  void tenantsTakeTurnsAndTheLongestOverdueComesFirst() throws Exception {
    contents(large, 60, "300 days");
    contents(small, 5, "11 days");
    run(10, 2);
    assertThat(left(small)).isZero();
    assertThat(left(large)).isEqualTo(50);
    run(10, 1);
    assertThat(left(large)).isEqualTo(40);
  }

  @Test
  void aRunEndsWithItsTimeAndAnotherGoesOn() throws Exception {
    contents(large, 45, "30 days");
    run(10, 3);
    assertThat(left(large)).isEqualTo(15);
    run(10, 3);
    assertThat(left(large)).isZero();
    assertThat(recorded(large)).isEqualTo(45);
  }

  @Test
  void replicasShareTheWorkAndEraseNothingTwice() throws Exception {
    contents(large, 700, "30 days");
    contents(small, 700, "30 days");
    MeterRegistry one = new SimpleMeterRegistry();
    MeterRegistry other = new SimpleMeterRegistry();
    Uni.join()
        .all(replica(20, one, CLOCK).run(), replica(20, other, CLOCK).run())
        .andFailFast()
        .await()
        .atMost(LONG_ENOUGH);
    assertThat(swept(one)).isPositive();
    assertThat(swept(other)).isPositive();
    assertThat(swept(one) + swept(other)).isEqualTo(1_400);
    assertThat(left(large) + left(small)).isZero();
    assertThat(recorded(large)).isEqualTo(700);
    assertThat(recorded(small)).isEqualTo(700);
  }

  @Test
  void aTenantThatAnotherReplicaIsAtIsNotWaitedFor() throws Exception {
    contents(large, 20, "300 days");
    contents(small, 5, "11 days");
    try (Connection replica = PartsTestResource.superuser().connect();
        Statement sql = replica.createStatement()) {
      replica.setAutoCommit(false);
      sql.execute(
          "SELECT pg_advisory_xact_lock(%d, hashtext('%s'))"
              .formatted(ErasureStore.SWEEPING, large.tenant()));
      sql.execute(
          "SELECT 1 FROM gate.evaluation_contents WHERE tenant_id = '%s' FOR UPDATE"
              .formatted(large.tenant()));
      sweeper.run().await().atMost(LONG_ENOUGH);
      assertThat(left(small)).isZero();
      assertThat(left(large)).isEqualTo(20);
      replica.rollback();
    }
    sweeper.run().await().atMost(LONG_ENOUGH);
    assertThat(left(large)).isZero();
  }

  @Test
  void howLongTheOldestIsOverdueIsMeasured() throws Exception {
    sweeper.run().await().atMost(LONG_ENOUGH);
    assertThat(overdueSeconds(registry)).isLessThan(60);
    contents(large, 30, "12 days");
    assertThat(overdueSeconds(run(10, 1)))
        .isBetween(Duration.ofDays(2).toSeconds() - 1.0, Duration.ofDays(2).toSeconds() + 60.0);
    sweeper.run().await().atMost(LONG_ENOUGH);
    assertThat(overdueSeconds(registry)).isLessThan(60);
  }

  /** A run of a replica of its own whose time is over after so many turns. */
  private MeterRegistry run(int batch, int turns) {
    MeterRegistry meters = new SimpleMeterRegistry();
    Instant start = Instant.now();
    replica(batch, meters, () -> start.plusSeconds((swept(meters) + batch - 1) / batch), turns)
        .run()
        .await()
        .atMost(LONG_ENOUGH);
    return meters;
  }

  private Sweeper replica(int batch, MeterRegistry meters, InstantSource clock) {
    return replica(batch, meters, clock, (int) LONG_ENOUGH.toSeconds());
  }

  private Sweeper replica(int batch, MeterRegistry meters, InstantSource clock, int seconds) {
    ErasureConfig config = new Bounds("off", batch, 1, Duration.ofSeconds(seconds));
    return new Sweeper(store, erasures, config, new SweeperMetrics(meters, clock), clock);
  }

  private record Bounds(String every, int batchSize, int batches, Duration time)
      implements ErasureConfig {}

  private static int swept(MeterRegistry meters) {
    return (int) meters.counter("nofate.erasure.swept").count();
  }

  private static double overdueSeconds(MeterRegistry meters) {
    return meters.get("nofate.erasure.overdue.seconds").gauge().value();
  }

  private static void contents(Client client, int many, String age) throws SQLException {
    try (Connection db = PartsTestResource.superuser().connect();
        Statement sql = db.createStatement()) {
      sql.executeUpdate(
          """
          INSERT INTO gate.evaluation_contents
            (tenant_id, evaluation_id, received_at, salt, request, answer)
          SELECT '%s', gen_random_uuid(), now() - interval '%s' + i * interval '1 ms', '', '', ''
          FROM generate_series(1, %d) i
          """
              .formatted(client.tenant(), age, many));
    }
  }

  private static long left(Client client) throws SQLException {
    return count("gate.evaluation_contents WHERE tenant_id = '" + client.tenant() + "'");
  }

  private static long owed(Client client) throws SQLException {
    return count("gate.erasures WHERE audit_seq IS NULL AND tenant_id = '" + client.tenant() + "'");
  }

  private static long recorded(Client client) {
    return Neighbours.chain(client.tenant()).stream()
        .filter(event -> event.get("type").textValue().equals("content_erased"))
        .map(event -> event.get("subject").textValue())
        .distinct()
        .count();
  }

  private static long count(String what) throws SQLException {
    try (Connection db = PartsTestResource.superuser().connect();
        Statement sql = db.createStatement();
        ResultSet rows = sql.executeQuery("SELECT count(*) FROM " + what)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
