package dev.nofate.cli.load;

import dev.nofate.cli.CommandFailure;
import dev.nofate.embedded.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What {@code pgbench} would show: one durable single-row insert after another on each of as many
 * connections as the plan's concurrency, into a table of its own, on the Postgres that the stack
 * runs on. A transaction a row.
 */
final class InsertLoad {

  private static final String INSERT =
      "INSERT INTO nofate_load.inserted (tenant, amount, payload) VALUES (?, ?, ?)";
  private static final String PAYLOAD = "x".repeat(100);

  private final DatabaseUrl superuser;
  private final LoadPlan plan;

  InsertLoad(DatabaseUrl superuser, LoadPlan plan) {
    this.superuser = superuser;
    this.plan = plan;
  }

  /** Runs the plan and removes the table. */
  Measurement run() {
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement()) {
      refuseForgetfulServer(statement);
      statement.execute("DROP SCHEMA IF EXISTS nofate_load CASCADE");
      statement.execute("CREATE SCHEMA nofate_load");
      statement.execute(
          """
          CREATE TABLE nofate_load.inserted (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            tenant uuid NOT NULL,
            amount bigint NOT NULL,
            payload text NOT NULL,
            at timestamptz NOT NULL DEFAULT now())
          """);
      Measurement measured = insertConcurrently();
      statement.execute("DROP SCHEMA nofate_load CASCADE");
      return measured;
    } catch (SQLException e) {
      throw new CommandFailure("the inserts cannot be measured: " + e.getMessage(), e);
    }
  }

  /** A comparison with a server that does not write through would compare nothing. */
  private static void refuseForgetfulServer(Statement statement) throws SQLException {
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      try (ResultSet rows = statement.executeQuery("SHOW " + setting)) {
        rows.next();
        if (!rows.getString(1).equals("on")) {
          throw new CommandFailure("Postgres runs with " + setting + " off");
        }
      }
    }
  }

  private Measurement insertConcurrently() {
    ExecutorService threads = Executors.newFixedThreadPool(plan.concurrency());
    try {
      long measureFrom = System.nanoTime() + plan.warmUp().toNanos();
      List<Future<Latencies>> running = new ArrayList<>();
      for (int i = 0; i < plan.concurrency(); i++) {
        running.add(threads.submit(() -> insertUntil(measureFrom)));
      }
      Latencies all = new Latencies();
      Map<String, Integer> unexpected = new TreeMap<>();
      for (Future<Latencies> one : running) {
        try {
          all.addAll(one.get());
        } catch (ExecutionException e) {
          unexpected.merge(String.valueOf(e.getCause().getMessage()), 1, Integer::sum);
        }
      }
      return Measurement.of(all, plan.duration(), unexpected);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted while inserting", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Latencies insertUntil(long measureFrom) throws SQLException {
    long end = measureFrom + plan.duration().toNanos();
    Latencies latencies = new Latencies();
    UUID tenant = UUID.randomUUID();
    try (Connection connection = superuser.connect();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      long amount = 0;
      for (long now = System.nanoTime(); now < end; ) {
        insert.setObject(1, tenant);
        insert.setLong(2, amount++);
        insert.setString(3, PAYLOAD);
        insert.executeUpdate();
        long done = System.nanoTime();
        if (now >= measureFrom && done <= end) {
          latencies.add(done - now);
        }
        now = done;
      }
    }
    return latencies;
  }
}
