package dev.nofate.billing.report;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.meter;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newTenant;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@BillingParts
class ReportIT {

  @Test
  void reportsWholeCentsAndCarriesTheRest() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    file(tenant, draft(tenant, 11, 10, 20, 1 << 20)).statusCode(200);

    report(tenant, 1)
        .statusCode(200)
        .body("reported.quantity_cents", equalTo(24))
        .body("reported.carried_in_nanousd", equalTo(0))
        .body("reported.carried_out_nanousd", equalTo(103_425))
        .body("reported.mode", equalTo("mock"));
    report(tenant, 2)
        .statusCode(200)
        .body("reported.quantity_cents", equalTo(34))
        .body("reported.carried_in_nanousd", equalTo(103_425));
  }

  @Test
  void reportsInOrderOnly() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    file(tenant, draft(tenant, 11, 10, 20, 1)).statusCode(200);

    report(tenant, 2).statusCode(409).body("code", equalTo("CONFLICT"));
    meter()
        .get("/internal/ledger/{tenant}/position", tenant.toString())
        .then()
        .body("unreported_entries", contains(1, 2));
  }

  @Test
  void answersARepeatedReportWithTheFirstOne() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    String first = report(tenant, 1).statusCode(200).extract().asString();

    assertThat(report(tenant, 1).statusCode(200).extract().asString()).isEqualTo(first);
    assertThat(file(tenant, draft(tenant, 10, 1, 9, 234)).extract().asString()).isEqualTo(first);
    assertThat(owed(tenant)).hasSize(1);
  }

  @Test
  void reportsOnceForWorkersAtTheSameTime() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);

    List<Integer> answers = Concurrently.run(8, () -> report(tenant, 1).extract().statusCode());

    assertThat(answers).contains(200).isSubsetOf(200, 409);
    report(tenant, 1).statusCode(200).body("reported.quantity_cents", equalTo(24));
    assertThat(owed(tenant)).hasSize(1);
  }

  @Test
  void owesTheLogWhatWasReported() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    String hash = report(tenant, 1).extract().path("usage_hash");

    JsonObject payload = new JsonObject(owed(tenant).get(0));

    assertThat(payload.getString("usage_hash")).isEqualTo(hash);
    assertThat(payload.getLong("quantity_cents")).isEqualTo(24);
    assertThat(payload.getLong("cost_nanousd")).isEqualTo(240_103_425);
    assertThat(payload.getLong("first_seq")).isEqualTo(1);
    assertThat(payload.getLong("last_seq")).isEqualTo(9);
  }

  @Test
  void recordsWhatTheProviderAnswered() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    String hash = report(tenant, 1).extract().path("usage_hash");

    assertThat(
            Database.column(
                "SELECT provider_reference FROM usage_reports WHERE tenant_id = '%s'"
                    .formatted(tenant)))
        .containsExactly("mock_" + hash);
  }

  @Test
  void knowsNoEntryThatWasNotFiled() {
    report(newAccount(), 1).statusCode(404);
    report(newTenant(), 1).statusCode(404);
  }

  private static List<String> owed(TenantId tenant) {
    return Database.column(
        "SELECT payload FROM audit_outbox WHERE type = 'usage_reported' AND tenant_id = '%s'"
            .formatted(tenant));
  }
}
