package dev.nofate.billing.postgres;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newInvoice;
import static dev.nofate.billing.standin.Calls.observe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Calls;
import dev.nofate.billing.standin.Database;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second wall behind the WHERE clauses, with the service's own pool and login. */
@QuarkusTest
@BillingParts
class RowLevelSecurityIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> TABLES =
      List.of("accounts", "usage_ledger", "usage_reports", "invoices", "audit_outbox");

  @Inject Transactions transactions;

  private TenantId tenant;

  @BeforeEach
  void twoTenantsWithARowInEachTable() {
    fill(newAccount());
    tenant = newAccount();
    fill(tenant);
  }

  private static void fill(TenantId tenant) {
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    Calls.report(tenant, 1).statusCode(200);
    observe(tenant, newInvoice(), "OPEN").statusCode(200);
  }

  @Test
  void everyTableWithATenantIsUnderIt() {
    assertThat(
            Database.column(
                """
                SELECT c.table_name FROM information_schema.columns c
                JOIN pg_class t ON t.oid = format('%I.%I', c.table_schema, c.table_name)::regclass
                WHERE c.table_schema = 'billing' AND c.column_name = 'tenant_id'
                  AND NOT (t.relrowsecurity AND t.relforcerowsecurity AND (t.relispartition OR EXISTS (
                    SELECT FROM pg_policies p WHERE p.schemaname = 'billing'
                      AND p.tablename = c.table_name AND p.policyname = 'own_tenant')))
                """))
        .as(
            "tables with a tenant_id and without FORCE ROW LEVEL SECURITY and the policy"
                + " own_tenant")
        .isEmpty();
  }

  @Test
  void purposesOpenWhatTheySayAndNothingElse() {
    assertThat(
            Database.column(
                """
                SELECT substring(coalesce(qual, with_check) from '''([a-z_]+)''') || ' '
                  || lower(cmd) || ' ' || tablename
                FROM pg_policies WHERE schemaname = 'billing' AND policyname <> 'own_tenant'
                """))
        .containsExactlyInAnyOrder(
            "prices select price_book",
            "prices insert price_book",
            "customers select accounts",
            "customers update accounts",
            "customers select invoices",
            "graces select accounts",
            "graces update accounts",
            "held_reports select report_attempts",
            "poll select accounts",
            "poll update accounts",
            "meter_faults select usage_ledger",
            "meter_faults select meter_fault_entries",
            "meter_faults insert meter_fault_entries",
            "recounts select usage_ledger",
            "recounts select chain_recounts",
            "recounts select recounts_due",
            "recounts update recounts_due",
            "differences select accounts",
            "differences select invoices",
            "differences select report_attempts",
            "differences select chain_recounts",
            "differences select recounts_due",
            "differences select audit_outbox",
            "differences select usage_ledger",
            "differences select usage_reports",
            "differences select invoice_lines",
            "differences select meter_fault_entries",
            "differences select rebilled_entries",
            "outbox select audit_outbox",
            "outbox update audit_outbox");
  }

  @Test
  void theLoginThatServesIsNeitherOwnerNorExempt() {
    assertThat(
            Database.column(
                """
                SELECT rolname FROM pg_roles r WHERE rolname = 'billing_app' AND (rolsuper
                  OR rolbypassrls OR EXISTS (SELECT FROM pg_class WHERE relowner = r.oid)
                  OR pg_has_role('billing_app', 'billing_owner', 'MEMBER'))
                """))
        .isEmpty();
  }

  @Test
  void whoNamesNobodySeesNothingAndATenantItsOwn() {
    for (String table : TABLES) {
      assertThat(list(transactions.run(c -> tenants(c, table)))).as(table).isEmpty();
      TenantId nobody = Calls.newTenant();
      assertThat(list(transactions.run(nobody, c -> tenants(c, table)))).as(table).isEmpty();
      assertThat(list(transactions.run(tenant, c -> tenants(c, table))))
          .as(table)
          .containsExactly(tenant.toString());
      // Also after the connections have served somebody.
      assertThat(list(transactions.run(c -> tenants(c, table)))).as(table).isEmpty();
    }
  }

  @Test
  void aPurposeLocksAForeignRowAndDoesNotChangeIt() {
    for (Purpose purpose : List.of(Purpose.CUSTOMERS, Purpose.GRACES)) {
      int locked =
          await(
              transactions.run(
                  purpose,
                  c ->
                      c.query("SELECT tenant_id::text FROM accounts LIMIT 2 FOR UPDATE")
                          .execute()
                          .map(rows -> rows.size())));
      assertThat(locked).isEqualTo(2);
      assertThatThrownBy(
              () ->
                  await(
                      transactions.run(
                          purpose,
                          c ->
                              c.query(
                                      "UPDATE accounts SET version = version + 1 WHERE standing ="
                                          + " 'ACTIVE'")
                                  .execute())))
          .hasMessageContaining("row-level security");
    }
  }

  @Test
  void everybodySeesEverybodysPricesAndNobodyAnothersOwn() {
    Database.tamper(
        """
        INSERT INTO price_book (version, tenant_id, effective_from, nanousd_per_mib_in,
          nanousd_per_mib_out, nanousd_per_gate, nanousd_per_audit_event, recorded_at,
          previous_version, previous_effective_from)
        SELECT version + 1, '%s', '2999-01-01T00:00Z', 1, 1, 1, 1, now(), version, effective_from
        FROM price_book ORDER BY version DESC LIMIT 1
        """
            .formatted(tenant));
    assertThat(list(transactions.run(tenant, c -> tenants(c, "price_book"))))
        .contains(tenant.toString());
    assertThat(list(transactions.run(c -> tenants(c, "price_book"))))
        .doesNotContain(tenant.toString())
        .isNotEmpty();
  }

  private static Uni<List<String>> tenants(SqlConnection connection, String table) {
    return connection
        .query("SELECT DISTINCT coalesce(tenant_id::text, 'everybody') FROM " + table)
        .execute()
        .map(rows -> Sql.all(rows, row -> row.getString(0)));
  }

  private static List<String> list(Uni<List<String>> work) {
    return await(work);
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(PATIENCE);
  }
}
