package dev.nofate.billing.postgres;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.newAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Calls;
import dev.nofate.billing.standin.Database;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No login changes what was billed (invariant I4), and the ledger has no hole (I7). */
@QuarkusTest
@BillingParts
class PrivilegeIT {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String RESTRICT_VIOLATION = "23001";
  private static final String FOREIGN_KEY_VIOLATION = "23503";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String CHECK_VIOLATION = "23514";

  private TenantId tenant;

  @BeforeEach
  void oneEntryIsFiledAndReported() {
    tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    Calls.report(tenant, 1).statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"price_book", "usage_ledger", "usage_reports"})
  void theRuntimeLoginCannotChangeThePast(String table) {
    String column = table.equals("price_book") ? "version" : "entry_no";

    refuses(
        "billing_app",
        "UPDATE %s SET %s = %s".formatted(table, column, column),
        INSUFFICIENT_PRIVILEGE);
    refuses("billing_app", "DELETE FROM " + table, INSUFFICIENT_PRIVILEGE);
    refuses("billing_app", "TRUNCATE %s CASCADE".formatted(table), INSUFFICIENT_PRIVILEGE);
    refuses(
        "billing_app",
        "ALTER TABLE %s DISABLE TRIGGER ALL".formatted(table),
        INSUFFICIENT_PRIVILEGE);
    refuses("billing_app", "DROP TABLE " + table, INSUFFICIENT_PRIVILEGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"price_book", "usage_ledger", "usage_reports"})
  void theOwnerCannotChangeThePastEither(String table) {
    String column = table.equals("price_book") ? "version" : "entry_no";

    refuses(
        "billing_owner",
        "UPDATE %s SET %s = %s".formatted(table, column, column),
        RESTRICT_VIOLATION);
    refuses("billing_owner", "DELETE FROM %s WHERE false".formatted(table), RESTRICT_VIOLATION);
    refuses("billing_owner", "TRUNCATE %s CASCADE".formatted(table), RESTRICT_VIOLATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM accounts",
        "UPDATE accounts SET stripe_customer_id = 'cus_other'",
        "UPDATE accounts SET created_at = now()",
        "DELETE FROM stripe_events",
        "UPDATE stripe_events SET payload = '{}'",
        "DELETE FROM audit_outbox",
        "UPDATE audit_outbox SET payload = '{}'",
        "DELETE FROM invoices",
        "UPDATE invoices SET tenant_id = gen_random_uuid()",
        "DELETE FROM open_usage",
        "CREATE TABLE mine (id int)",
        "SELECT * FROM flyway_schema_history",
        "SELECT * FROM gate.tenants"
      })
  void theRuntimeLoginHasNoRightItDoesNotNeed(String sql) {
    refuses("billing_app", sql, INSUFFICIENT_PRIVILEGE, "42P01");
  }

  @Test
  void theLedgerTakesNoGapEvenFromItsOwner() {
    refuses("billing_owner", insert(2, 11, 20, "2026-11-23T11:00Z", 1, 10L), FOREIGN_KEY_VIOLATION);
    refuses("billing_owner", insert(2, 11, 20, "2026-11-23T11:00Z", 1, 9L), CHECK_VIOLATION);
    refuses("billing_owner", insert(3, 10, 20, "2026-11-23T11:00Z", 2, 9L), FOREIGN_KEY_VIOLATION);
  }

  @Test
  void theLedgerTakesNoOverlapEvenFromItsOwner() {
    refuses("billing_owner", insert(2, 9, 20, "2026-11-23T11:00Z", 1, 8L), FOREIGN_KEY_VIOLATION);
    refuses("billing_owner", insert(2, 10, 20, "2026-11-23T10:30Z", 1, 9L), CHECK_VIOLATION);
    refuses("billing_owner", insert(1, 1, 20, "2026-11-23T12:00Z", null, null), UNIQUE_VIOLATION);
  }

  @Test
  void theFirstEntryStartsAtTheFirstEvent() {
    tenant = newAccount();

    refuses("billing_owner", insert(1, 2, 20, "2026-11-23T10:00Z", null, null), CHECK_VIOLATION);
    refuses("billing_owner", insert(2, 1, 20, "2026-11-23T10:00Z", null, null), CHECK_VIOLATION);
  }

  @Test
  void aReportLosesNothingEvenByItsOwner() {
    file(tenant, draft(tenant, 11, 10, 20, 1)).statusCode(200);
    String cost =
        Database.column(
                "SELECT cost_nanousd FROM usage_ledger WHERE entry_no = 2 AND tenant_id = '%s'"
                    .formatted(tenant))
            .get(0);
    long due = Long.parseLong(cost) + 103_425;

    refuses(
        "billing_owner",
        report(cost, 103_425, due / 10_000_000 - 1, due % 10_000_000),
        CHECK_VIOLATION);
    refuses(
        "billing_owner",
        report(cost, 103_424, (due - 1) / 10_000_000, (due - 1) % 10_000_000),
        FOREIGN_KEY_VIOLATION);
    refuses("billing_owner", report("0", 103_425, 0, 103_425), FOREIGN_KEY_VIOLATION);
  }

  @Test
  void pricesStartOnTheHourAndInOrder() {
    refuses("billing_owner", price(2, "2026-11-23T10:30Z", 1), CHECK_VIOLATION);
    refuses("billing_owner", price(3, "2026-11-23T10:00Z", 1), CHECK_VIOLATION);
    refuses("billing_owner", price(2, "1969-01-01T00:00Z", 1), CHECK_VIOLATION);
  }

  /** Row-level security stands in nobody's way here: it is not what is tested. */
  private void refuses(String login, String sql, String... states) {
    String named =
        "SELECT set_config('nofate.tenant', '%s', false), set_config('nofate.purpose', 'prices', false); "
                .formatted(tenant)
            + sql;
    assertThatThrownBy(() -> Database.execute(login, named))
        .as(sql)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).as(sql).isIn((Object[]) states));
  }

  private String insert(
      int entryNo, long firstSeq, long lastSeq, String start, Integer previous, Long previousSeq) {
    return """
    INSERT INTO usage_ledger (tenant_id, entry_no, period_start, period_end, first_seq, last_seq,
      last_hash, evaluations, bytes_in, bytes_out, gates_executed, audit_writes, price_version,
      fraction_in, cost_nanousd, fraction_out, usage_hash, filed_at,
      previous_entry_no, previous_last_seq, previous_period_end)
    VALUES ('%s', %d, '%s', '2026-11-23T13:00Z', %d, %d, repeat('0', 64), 0, 0, 0, 0, 0, 1,
      %d, 0, 0, 'sha256:' || repeat('0', 64), now(), %s, %s, %s)
    """
        .formatted(
            tenant,
            entryNo,
            start,
            firstSeq,
            lastSeq,
            previous == null ? 0 : 1_027_200,
            previous,
            previousSeq,
            previous == null ? null : "'2026-11-23T11:00Z'");
  }

  private String report(String cost, long carriedIn, long cents, long carriedOut) {
    return """
    INSERT INTO usage_reports (tenant_id, entry_no, cost_nanousd, carried_in_nanousd,
      quantity_cents, carried_out_nanousd, mode, provider_reference, reported_at,
      previous_entry_no)
    VALUES ('%s', 2, %s, %d, %d, %d, 'mock', 'x', now(), 1)
    """
        .formatted(tenant, cost, carriedIn, cents, carriedOut);
  }

  private static String price(int version, String from, int previous) {
    return """
    INSERT INTO price_book (version, effective_from, nanousd_per_mib_in, nanousd_per_mib_out,
      nanousd_per_gate, nanousd_per_audit_event, recorded_at, previous_version,
      previous_effective_from)
    VALUES (%d, '%s', 1, 1, 1, 1, now(), %d, '1970-01-01T00:00Z')
    """
        .formatted(version, from, previous);
  }
}
