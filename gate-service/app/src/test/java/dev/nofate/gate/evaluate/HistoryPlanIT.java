package dev.nofate.gate.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import dev.nofate.gate.standin.GateTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The list stays an index walk however much a tenant has: shown on 200,000 evaluations, on as many
 * as {@code -Dnofate.test.history-rows} says. The plans are kept in {@code target/plans.txt}.
 */
@GateTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryPlanIT {

  private static final int ROWS = Integer.getInteger("nofate.test.history-rows", 200_000);
  private static final Path PLANS = Path.of("target", "plans.txt");
  private static final TenantId TENANT = new TenantId(UUID.randomUUID());
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Inject TenantDb db;
  @Inject EvaluationHistory history;

  @BeforeAll
  void aTenantWithALongPast() throws SQLException {
    db.execute(
            TENANT,
            """
            INSERT INTO evaluations
              (tenant_id, evaluation_id, received_at, direction, state, gate, code, ruleset_name,
               ruleset_version, decision_digest, request_commitment, first_seq, last_seq)
            SELECT $1, gen_random_uuid(), timestamptz '2026-01-01' + n * interval '1 second',
                   'forward',
                   (ARRAY['DETERMINISTIC_COMPLIANCE', 'DETERMINISTIC_VIOLATION',
                          'NO_DETERMINISTIC_OUTCOME', 'INVALID_INPUT'])[n % 4 + 1],
                   (ARRAY[NULL, 'rules', 'rules', 'intake'])[n % 4 + 1],
                   (ARRAY[NULL, 'RULE_VIOLATION', 'FACTS_INCOMPLETE', 'UNKNOWN_FIELD'])[n % 4 + 1],
                   'rules.' || n % 7, 1, 'sha256:0', 'hmac-sha256:0', n, n
            FROM generate_series(1, $2::integer) AS n
            """,
            Tuple.of(TENANT.value(), ROWS))
        .await()
        .atMost(PATIENCE);
    try (Connection owner =
            DriverManager.getConnection(
                setting("jdbc-url"), setting("username"), setting("password"));
        Statement statement = owner.createStatement()) {
      statement.execute("ANALYZE gate.evaluations");
    }
  }

  @Test
  void everyFilterWalksAnIndexInItsOrder() throws IOException {
    Map<String, EvaluationFilter> filters = new LinkedHashMap<>();
    filters.put("no filter", filter(null, null, null, null, null));
    filters.put("state", filter("INVALID_INPUT", null, null, null, null));
    filters.put("gate", filter(null, "rules", null, null, null));
    filters.put("code", filter(null, null, "FACTS_INCOMPLETE", null, null));
    filters.put("direction", filter(null, null, null, "backward", null));
    filters.put("ruleset", filter(null, null, null, null, "rules.3"));
    filters.put("state and ruleset", filter("INVALID_INPUT", null, null, null, "rules.3"));
    filters.put("all", filter("INVALID_INPUT", "intake", "UNKNOWN_FIELD", "forward", "rules.3"));

    StringBuilder plans = new StringBuilder(ROWS + " evaluations\n");
    filters.forEach(
        (name, filter) -> {
          HistoryQuery query = HistoryQuery.of(TENANT, filter.checked(), 20_000);
          plans.append("\n== ").append(name).append('\n').append(good(query.rows()));
          query.end().ifPresent(end -> plans.append("-- its end\n").append(good(end)));
        });
    Files.writeString(PLANS, plans, StandardCharsets.UTF_8);
  }

  @Test
  void aFilterThatMatchesNothingLooksAtABoundedNumberOfRowsAndGoesOn() {
    EvaluationFilter nothing = filter(null, null, null, "backward", null);
    Page<EvaluationSummary> page = history.list(TENANT, nothing.checked()).await().atMost(PATIENCE);
    assertThat(page.items()).isEmpty();
    assertThat(page.next()).isNotNull();

    int pages = 1;
    while (page.next() != null && pages <= ROWS) {
      page =
          history
              .list(
                  TENANT,
                  EvaluationFilter.of(
                          null, null, null, "backward", null, null, null, page.next(), "50")
                      .checked())
              .await()
              .atMost(PATIENCE);
      assertThat(page.items()).isEmpty();
      pages++;
    }
    assertThat(pages).isEqualTo(ROWS / 20_000 + 1);
  }

  private String good(HistoryQuery.Sql sql) {
    String plan = lines(sql);
    assertThat(plan).contains("Index").doesNotContain("Seq Scan on evaluations", "Sort");
    return plan;
  }

  private String lines(HistoryQuery.Sql sql) {
    return StreamSupport.stream(
            db.execute(TENANT, "EXPLAIN (ANALYZE, COSTS OFF) " + sql.text(), sql.parameters())
                .await()
                .atMost(PATIENCE)
                .spliterator(),
            false)
        .map(row -> row.getString(0))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static EvaluationFilter filter(
      String state, String gate, String code, String direction, String ruleset) {
    return EvaluationFilter.of(state, gate, code, direction, ruleset, null, null, null, "50");
  }

  private static String setting(String name) {
    return ConfigProvider.getConfig().getValue("quarkus.flyway." + name, String.class);
  }
}
