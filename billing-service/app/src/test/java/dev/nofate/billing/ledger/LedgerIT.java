package dev.nofate.billing.ledger;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.meter;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newTenant;
import static dev.nofate.billing.standin.Calls.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@BillingParts
class LedgerIT {

  @Test
  void opensAnAccountForATenantWhosePositionIsAskedFor() {
    TenantId tenant = newTenant();

    meter()
        .get("/internal/ledger/{tenant}/position", tenant.toString())
        .then()
        .statusCode(200)
        .body("tenant", equalTo(tenant.toString()))
        .body("entries", equalTo(0))
        .body("last_seq", equalTo(0))
        .body("last_period_end", nullValue())
        .body("unreported_entries", empty());
    reader(tenant).get("/v1/billing/account").then().statusCode(200);
  }

  @Test
  void filesARatedEntry() {
    TenantId tenant = newAccount();

    file(tenant, draft(tenant, 10, 1, 9, 234))
        .statusCode(200)
        .body("tenant", equalTo(tenant.toString()))
        .body("entry_no", equalTo(1))
        .body("period_start", equalTo("2026-11-23T10:00:00.000000Z"))
        .body("period_end", equalTo("2026-11-23T11:00:00.000000Z"))
        .body("units.bytes_in", equalTo(234))
        .body("price_version", equalTo(1))
        .body("cost_nanousd", equalTo(240_103_425))
        .body("reported", nullValue());
    meter()
        .get("/internal/ledger/{tenant}/position", tenant.toString())
        .then()
        .body("entries", equalTo(1))
        .body("last_seq", equalTo(9))
        .body("last_period_end", equalTo("2026-11-23T11:00:00.000000Z"))
        .body("unreported_entries", contains(1));
  }

  @Test
  void answersTheSameDraftWithTheSameEntry() {
    TenantId tenant = newAccount();
    String first = file(tenant, draft(tenant, 10, 1, 9, 234)).extract().asString();
    file(tenant, draft(tenant, 11, 10, 20, 1)).statusCode(200);

    assertThat(file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200).extract().asString())
        .isEqualTo(first);
  }

  @Test
  void carriesTheFractionOfANanoDollarToTheNextEntry() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    file(tenant, draft(tenant, 11, 10, 20, 1)).statusCode(200);

    assertThat(
            Database.column(
                "SELECT fraction_in || ' ' || fraction_out FROM usage_ledger WHERE tenant_id = '%s' ORDER BY entry_no"
                    .formatted(tenant)))
        .containsExactly(
            "0 1027200",
            "1027200 " + (1_027_200L + 100_000_000L + 567L * 150_000_000L) % (1 << 20));
  }

  @Test
  void refusesAnotherDraftOfTheSameRange() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);

    conflict(tenant, draft(tenant, 10, 1, 9, 235));
    conflict(tenant, draft(tenant, 11, 1, 9, 234));
    conflict(tenant, draft(tenant, 10, 1, 10, 234));
  }

  @Test
  void refusesAnOverlap() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);

    conflict(tenant, draft(tenant, 11, 9, 20, 1));
    conflict(tenant, draft(tenant, 11, 2, 20, 1));
  }

  @Test
  void refusesAGap() {
    TenantId tenant = newAccount();

    conflict(tenant, draft(tenant, 10, 2, 9, 234));
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    conflict(tenant, draft(tenant, 11, 11, 20, 1));
  }

  @Test
  void refusesAPeriodThatStartsBeforeTheLastOneEnds() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);

    conflict(tenant, draft(tenant, 9, 10, 20, 1));
    conflict(tenant, draft(tenant, 10, 10, 20, 1));
  }

  @Test
  void letsPeriodsWithoutUsageGoByWithoutAnEntry() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);

    file(tenant, draft(tenant, 15, 10, 20, 1)).statusCode(200).body("entry_no", equalTo(2));
  }

  @Test
  void refusesADraftOfAnotherTenantAndNamesEveryFault() {
    TenantId tenant = newAccount();
    String other = draft(newTenant(), 10, 5, 4, -1);

    file(tenant, other)
        .statusCode(400)
        .body("code", equalTo("BAD_REQUEST"))
        .body("errors", hasSize(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{\"tenant\":1}", "{\"unknown\":1}"})
  void refusesWhatIsNoDraft(String body) {
    TenantId tenant = newAccount();

    meter()
        .body(body)
        .post("/internal/ledger/{tenant}/entries", tenant.toString())
        .then()
        .statusCode(400);
  }

  @Test
  void filesNothingWithoutAnAccount() {
    TenantId tenant = newTenant();

    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(404);
  }

  @Test
  void refusesACostThatAReaderCouldNotTellExactly() {
    TenantId tenant = newAccount();

    file(tenant, draft(tenant, 10, 1, 9, 9_007_199_254_740_991L))
        .statusCode(422)
        .body("code", equalTo("UNPROCESSABLE"));
  }

  @Test
  void filesOneEntryForWorkersAtTheSameTime() {
    TenantId tenant = newAccount();
    String draft = draft(tenant, 10, 1, 9, 234);

    List<String> answers =
        Concurrently.run(8, () -> file(tenant, draft).statusCode(200).extract().asString());

    assertThat(answers).hasSize(8).containsOnly(answers.get(0));
    assertThat(entries(tenant)).isEqualTo(1);
  }

  @Test
  void filesOneOfTwoDraftsThatExcludeEachOther() {
    TenantId tenant = newAccount();
    AtomicInteger number = new AtomicInteger();

    List<Integer> answers =
        Concurrently.run(
            8,
            () ->
                file(tenant, draft(tenant, 10, 1, 9 + number.incrementAndGet(), 234))
                    .extract()
                    .statusCode());

    assertThat(answers).containsOnlyOnce(200).contains(409).doesNotContain(500);
    assertThat(entries(tenant)).isEqualTo(1);
  }

  @Test
  void showsTheLedgerPageByPage() {
    TenantId tenant = newAccount();
    for (int entry = 0; entry < 5; entry++) {
      file(tenant, draft(tenant, 10 + entry, 1 + entry * 10, 10 + entry * 10, entry))
          .statusCode(200);
    }

    reader(tenant)
        .get("/v1/billing/ledger?limit=2")
        .then()
        .statusCode(200)
        .body("items.entry_no", contains(1, 2))
        .body("items[0].fraction_in", equalTo(0))
        .body("next", equalTo("2"));
    reader(tenant)
        .get("/v1/billing/ledger?limit=2&after=4")
        .then()
        .body("items.entry_no", contains(5))
        .body("next", nullValue());
    reader(tenant)
        .get("/v1/billing/ledger?after=5")
        .then()
        .body("items", empty())
        .body("next", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "limit=1.5", "after=-1", "after=1e3"})
  void refusesParametersOutOfRange(String query) {
    reader(newAccount())
        .get("/v1/billing/ledger?" + query)
        .then()
        .statusCode(400)
        .body("code", equalTo("BAD_REQUEST"));
  }

  private static void conflict(TenantId tenant, String draft) {
    file(tenant, draft).statusCode(409).body("code", equalTo("CONFLICT"));
  }

  private static int entries(TenantId tenant) {
    return Integer.parseInt(
        Database.column(
                "SELECT count(*) FROM usage_ledger WHERE tenant_id = '%s'".formatted(tenant))
            .get(0));
  }
}
