package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.ReasonCode;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A filtered list as SQL that reads one index in its order. One condition leads into the index; the
 * others are looked at row by row, over a bounded number of rows: a page may then hold few items
 * and still go on.
 *
 * @param rows the page's rows
 * @param end where the bounded walk ended; empty when nothing is looked at row by row
 */
record HistoryQuery(Sql rows, Optional<Sql> end) {

  /** A statement with its parameters. */
  record Sql(String text, Tuple parameters) {}

  private static final String ORDER = " ORDER BY received_at DESC, evaluation_id DESC";

  /**
   * The subquery is a look-up for each row shown; as EXISTS it could become a scan of the table.
   */
  private static final String COLUMNS =
      """
      SELECT evaluation_id, received_at, direction, state, gate, code, ruleset_name, ruleset_version,
             decision_digest,
             (SELECT 1 FROM erasures x
              WHERE x.tenant_id = e.tenant_id AND x.evaluation_id = e.evaluation_id
              LIMIT 1) IS NOT NULL AS content_erased
      FROM\s""";

  /** Conditions with the values they compare. */
  private static final class Conditions {
    private final List<String> texts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    private void add(String text, Object... compared) {
      String numbered = text;
      for (Object value : compared) {
        values.add(value);
        numbered = numbered.replaceFirst("\\?", "\\$" + values.size());
      }
      texts.add(numbered);
    }

    private String joined() {
      return String.join(" AND ", texts);
    }
  }

  /**
   * @param most rows looked at one by one
   */
  static HistoryQuery of(TenantId tenant, EvaluationFilter.Checked filter, int most) {
    Conditions walk = new Conditions();
    walk.add("tenant_id = ?", tenant.value());
    List<String[]> others = lead(walk, filter);
    if (filter.from() != null) {
      walk.add("received_at >= ?", filter.from());
    }
    if (filter.to() != null) {
      walk.add("received_at < ?", filter.to());
    }
    if (filter.after() != null) {
      walk.add(
          "(received_at, evaluation_id) < (?, ?)",
          filter.after().receivedAt(),
          filter.after().evaluation());
    }
    String walked = "FROM evaluations WHERE " + walk.joined() + ORDER;
    int page = filter.limit() + 1;
    if (others.isEmpty()) {
      return new HistoryQuery(
          new Sql(
              COLUMNS + "evaluations e WHERE " + walk.joined() + ORDER + " LIMIT " + page,
              Tuple.from(walk.values)),
          Optional.empty());
    }
    Sql end =
        new Sql(
            "SELECT received_at, evaluation_id " + walked + " OFFSET " + (most - 1) + " LIMIT 1",
            Tuple.from(List.copyOf(walk.values)));
    Conditions each = new Conditions();
    each.values.addAll(walk.values);
    others.forEach(other -> each.add(other[0] + " = ?", other[1]));
    return new HistoryQuery(
        new Sql(
            COLUMNS
                + "(SELECT * "
                + walked
                + " LIMIT "
                + most
                + ") e WHERE "
                + each.joined()
                + ORDER
                + " LIMIT "
                + page,
            Tuple.from(each.values)),
        Optional.of(end));
  }

  /** Adds the condition that leads into an index; answers those that are left. */
  private static List<String[]> lead(Conditions walk, EvaluationFilter.Checked filter) {
    String gate =
        filter.gate() != null || filter.code() == null
            ? filter.gate()
            : ReasonCode.valueOf(filter.code()).gate().wireName();
    List<String[]> wanted = new ArrayList<>();
    want(wanted, "gate", gate);
    want(wanted, "ruleset_name", filter.ruleset());
    want(wanted, "state", filter.state());
    if (!wanted.isEmpty()) {
      String[] first = wanted.remove(0);
      walk.add(first[0] + " = ?", first[1]);
    }
    want(wanted, "code", filter.code());
    want(wanted, "direction", filter.direction());
    return wanted;
  }

  private static void want(List<String[]> wanted, String column, String value) {
    if (value != null) {
      wanted.add(new String[] {column, value});
    }
  }
}
