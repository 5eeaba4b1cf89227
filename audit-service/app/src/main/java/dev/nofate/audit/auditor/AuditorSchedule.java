package dev.nofate.audit.auditor;

import dev.nofate.audit.signing.LogKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one replica at a time audit, and tells how many chains differ and how far it is behind. */
@ApplicationScoped
class AuditorSchedule {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AuditorConfig config;
  private final Auditor auditor;
  private final ProgressStore progress;
  private final LogKeys keys;
  private final Pool pool;
  private final InstantSource clock;
  private final AtomicLong differing;
  private volatile Instant oldestEnd;

  AuditorSchedule(
      AuditorConfig config,
      Auditor auditor,
      ProgressStore progress,
      LogKeys keys,
      Pool pool,
      InstantSource clock,
      MeterRegistry registry) {
    this.config = config;
    this.auditor = auditor;
    this.progress = progress;
    this.keys = keys;
    this.pool = pool;
    this.clock = clock;
    this.oldestEnd = clock.instant();
    this.differing = registry.gauge("nofate.audit.auditor.differing", new AtomicLong());
    registry.gauge("nofate.audit.auditor.age.seconds", this, AuditorSchedule::ageSeconds);
  }

  /**
   * Seconds since the auditor was last at the end of the chain that waits for longest. Grows while
   * rounds fail, do not come, or do not suffice; chains that differ are counted elsewhere.
   */
  double ageSeconds() {
    return Duration.between(oldestEnd, clock.instant()).toMillis() / 1000.0;
  }

  @Scheduled(
      every = "${audit.auditor.every:PT10S}",
      delayed = "${audit.auditor.every:PT10S}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void round() {
    if (keys.arePresent()) {
      SqlConnection connection = await(pool.getConnection());
      try {
        inTurn(connection);
      } finally {
        await(connection.close());
      }
      differing.set(await(progress.differing()));
      oldestEnd = await(progress.oldestEnd()).orElseGet(clock::instant);
    }
  }

  /** The lock goes with its transaction, however this process ends. */
  private void inTurn(SqlConnection connection) {
    Transaction turn = await(connection.begin());
    try {
      boolean ours =
          await(
                  connection
                      .query(
                          "SELECT pg_try_advisory_xact_lock(hashtextextended('no-fate/auditor', 0)) AS ours")
                      .execute())
              .iterator()
              .next()
              .getBoolean("ours");
      if (ours) {
        auditor.round(config.eventsPerSecond() * Math.max(1, config.every().toSeconds()));
      }
    } finally {
      await(turn.rollback());
    }
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
