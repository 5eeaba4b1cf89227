package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Databases.column;
import static dev.nofate.cli.readiness.Databases.value;
import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.verified;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Postgres: what it is, how it is reached, and that migrations ran. */
record DatabaseChecks(Settings settings, Databases databases) implements Register.Family {

  private static final int OLDEST_VERSION = 17;
  private static final int CONNECTIONS_OF_A_MIGRATION = 2;
  private static final String DEFAULT_POOL = "16";

  @Override
  public void enter(Register register) {
    register
        .line("postgres", this::server)
        .line("pooling", this::pooling)
        .line("migrations", this::migrations)
        .line("query-plans", this::plans)
        .line("database-connectivity", this::connectivity);
  }

  private Outcome server() {
    String url = settings.need(Settings.AUDIT, "DATABASE_URL");
    return databases.as(
        Settings.AUDIT,
        connection -> {
          int version = Integer.parseInt(value(connection, "SHOW server_version_num")) / 10_000;
          List<String> faults = new ArrayList<>();
          if (version < OLDEST_VERSION) {
            faults.add("version " + version + " is older than " + OLDEST_VERSION);
          }
          for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            if ("off".equals(value(connection, "SHOW " + setting))) {
              faults.add(setting + " is off");
            }
          }
          if ("t".equals(value(connection, "SELECT pg_is_in_recovery()"))) {
            faults.add("it is in recovery: a replica");
          }
          boolean encrypted =
              "t"
                  .equals(
                      value(
                          connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
          boolean near = Deployment.isLoopback(URI.create(url).getHost());
          if (!encrypted && !near) {
            faults.add("the connection is not encrypted");
          }
          return faults.isEmpty()
              ? verified(
                  "PostgreSQL %s, a primary, fsync and synchronous_commit on, %s.",
                  value(connection, "SHOW server_version"),
                  encrypted ? "connection encrypted" : "on this machine's loopback address")
              : failed("PostgreSQL: %s.", String.join("; ", faults));
        });
  }

  /**
   * Two clients that are connected at the same time and meet the same server process have a pooler
   * in between. Without one the bound is the services' own pools.
   */
  private Outcome pooling() throws SQLException {
    String url = settings.need(Settings.AUDIT, "DATABASE_URL");
    Optional<String> authority = settings.of(Settings.AUDIT, "DATABASE_CA_FILE");
    try (Connection one = Databases.connect(url, authority);
        Connection two = Databases.connect(url, authority)) {
      if (value(one, "SELECT pg_backend_pid()").equals(value(two, "SELECT pg_backend_pid()"))) {
        return verified(
            "Two clients connected at once were served by one server process: a pooler.");
      }
      int admitted = Integer.parseInt(value(one, "SHOW max_connections"));
      int wanted = 0;
      for (String service : Databases.SCHEMAS.keySet()) {
        wanted +=
            Integer.parseInt(settings.of(service, "DATABASE_POOL_SIZE").orElse(DEFAULT_POOL))
                + CONNECTIONS_OF_A_MIGRATION;
      }
      return wanted <= admitted
          ? verified(
              "Every service keeps a pool of its own: at most %d connections for one replica each, the server"
                  + " admits %d. No pooler was seen in between.",
              wanted, admitted)
          : failed(
              "One replica of each service opens up to %d connections, the server admits %d, and no pooler was"
                  + " seen in between.",
              wanted, admitted);
    }
  }

  private Outcome migrations() {
    List<String> seen = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    Databases.SCHEMAS.forEach(
        (service, schema) ->
            databases.asOwner(
                service,
                connection -> {
                  String history = schema + ".flyway_schema_history";
                  String version =
                      value(
                          connection,
                          "SELECT version FROM "
                              + history
                              + " WHERE version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1");
                  if (version == null) {
                    faults.add(schema + " has none");
                  }
                  column(connection, "SELECT script FROM " + history + " WHERE NOT success")
                      .forEach(script -> faults.add(schema + ": " + script + " failed"));
                  return seen.add(schema + " V" + version);
                }));
    return faults.isEmpty()
        ? verified("Flyway's histories hold no failure: %s.", String.join(", ", seen))
        : failed("Migrations: %s.", String.join("; ", faults));
  }

  /** The hot statements find an index even where a table is small enough to be read whole. */
  private Outcome plans() {
    List<String> scans = new ArrayList<>();
    String anybody = "'00000000-0000-0000-0000-000000000000'";
    explain(
        scans,
        Settings.AUDIT,
        "SELECT * FROM audit.audit_events WHERE tenant_id = "
            + anybody
            + " AND seq > 1 ORDER BY seq LIMIT 100");
    explain(
        scans,
        Settings.GATE,
        "SELECT * FROM gate.evaluations WHERE tenant_id = "
            + anybody
            + " AND evaluation_id = "
            + anybody);
    explain(
        scans,
        Settings.BILLING,
        "SELECT * FROM billing.usage_ledger WHERE tenant_id = "
            + anybody
            + " ORDER BY entry_no DESC LIMIT 1");
    return scans.isEmpty()
        ? verified(
            "The plans of a chain's page, an evaluation and a ledger's end each use an index.")
        : failed("Read from end to end: %s.", String.join("; ", scans));
  }

  private void explain(List<String> scans, String service, String query) {
    databases.as(
        service,
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL enable_seqscan = off");
          }
          return column(connection, "EXPLAIN (COSTS OFF) " + query).stream()
              .filter(step -> step.contains("Seq Scan"))
              .map(step -> scans.add(service + ": " + step.strip()))
              .toList();
        });
  }

  private Outcome connectivity() {
    List<String> users = new ArrayList<>();
    for (String service : Databases.SCHEMAS.keySet()) {
      users.add(databases.as(service, connection -> value(connection, "SELECT current_user")));
    }
    return verified("Connected and asked as %s.", String.join(", ", users));
  }

  @Override
  public String toString() {
    return "DatabaseChecks";
  }
}
