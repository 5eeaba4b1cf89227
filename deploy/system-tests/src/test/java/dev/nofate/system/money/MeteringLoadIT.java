package dev.nofate.system.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A day of many tenants, metered and reported in one catch-up: the real billing-service and
 * Postgres, the real meter-worker, chains from a stand-in of the log. How many tenants: {@code
 * -Dnofate.metering.tenants=1000}; prints the time per thousand entries and the memory.
 */
@SuiteTest
class MeteringLoadIT {

  private static final int TENANTS = Integer.getInteger("nofate.metering.tenants", 50);
  private static final int ENTRIES = TENANTS * LogOfADay.HOURS;
  private static final Duration PATIENCE = Duration.ofMinutes(2).plusSeconds(TENANTS);
  private static final long MOST_GROWTH_MIB = 150;

  @Test
  void aDayOfManyTenantsIsMeteredAndReportedInOneCatchUp(Suite suite) throws Exception {
    Instant day = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(25));
    try (LogOfADay log = new LogOfADay(TENANTS, day);
        Connection database = suite.superuser()) {
      Instant start = Instant.now();
      suite.up(
          Duration.ofHours(1),
          Map.of("meter-worker", Map.of("AUDIT_URL", log.url(), "METER_RECOUNT_TICK", "PT24H")));
      List<Long> memory = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                memory.add(
                    residentMib(suite, "meter-worker") + residentMib(suite, "billing-service"));
                return count(database, log, "usage_reports") == ENTRIES;
              });
      Duration took = Duration.between(start, Instant.now());
      long half = memory.get(memory.size() / 2);
      long end = memory.get(memory.size() - 1);
      System.out.printf(
          "metering: %d entries of %d tenants in %.1f s with the worker's start, %.2f s per thousand;"
              + " resident memory of both at half of it %d MiB, at its end %d MiB%n",
          ENTRIES, TENANTS, took.toMillis() / 1e3, took.toMillis() / (double) ENTRIES, half, end);

      assertThat(count(database, log, "usage_ledger")).isEqualTo(ENTRIES);
      nothingIsComparedWithALogThatIsNotThere(database, log);
      assertThat(end - half).as("growth in the second half, MiB").isLessThan(MOST_GROWTH_MIB);
    } finally {
      suite.up();
    }
  }

  private static long count(Connection database, LogOfADay log, String table) throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            "SELECT count(*) FROM billing." + table + " WHERE tenant_id = ANY (?)")) {
      statement.setArray(
          1,
          database.createArrayOf(
              "uuid", log.tenants().stream().map(UUID::fromString).toArray(UUID[]::new)));
      ResultSet rows = statement.executeQuery();
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void nothingIsComparedWithALogThatIsNotThere(Connection database, LogOfADay log)
      throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement("DELETE FROM billing.recounts_due WHERE tenant_id = ANY (?)")) {
      statement.setArray(
          1,
          database.createArrayOf(
              "uuid", log.tenants().stream().map(UUID::fromString).toArray(UUID[]::new)));
      // The worker's first pass comes at its start, and may have compared some of the first ones.
      assertThat(statement.executeUpdate()).isPositive();
    }
  }

  /** Resident memory, where the machine tells it. */
  private static long residentMib(Suite suite, String service) throws IOException {
    Path status =
        Path.of("/proc", Long.toString(suite.file().services().get(service).pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
