package dev.nofate.billing.csv;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newInvoice;
import static dev.nofate.billing.standin.Calls.observe;
import static dev.nofate.billing.standin.Calls.reader;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@BillingParts
class CsvIT {

  @Test
  void givesTheLedgerALineAnEntry() throws IOException {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    file(tenant, draft(tenant, 11, 10, 20, 1)).statusCode(200);
    report(tenant, 1).statusCode(200);

    List<CSVRecord> lines = table(tenant, "/v1/billing/ledger");

    assertThat(lines).extracting(line -> line.get("entry_no")).containsExactly("1", "2");
    assertThat(lines.get(0).get("cost_nanousd")).isEqualTo("240103425");
    assertThat(lines.get(0).get("quantity_cents")).isEqualTo("24");
    assertThat(lines.get(1).get("quantity_cents")).isEmpty();
  }

  @Test
  void givesUsageALineAPart() throws IOException {
    assertThat(table(newAccount(), "/v1/billing/usage"))
        .extracting(line -> line.get("part"))
        .containsExactly("closed", "open");
  }

  @Test
  void givesThePreviewOneLine() throws IOException {
    assertThat(table(newAccount(), "/v1/billing/preview"))
        .extracting(line -> line.get("amount_cents"))
        .containsExactly("0");
  }

  @Test
  void givesInvoicesALineEach() throws IOException {
    TenantId tenant = newAccount();
    String invoice = newInvoice();
    observe(tenant, invoice, "OPEN").statusCode(200);

    List<CSVRecord> lines = table(tenant, "/v1/billing/invoices");

    assertThat(lines).extracting(line -> line.get("invoice_id")).containsExactly(invoice);
    assertThat(lines.get(0).get("amount_due_cents")).isEqualTo("2400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/billing/usage",
        "/v1/billing/ledger",
        "/v1/billing/preview",
        "/v1/billing/invoices"
      })
  void givesJsonUnlessAskedOtherwise(String path) {
    TenantId tenant = newAccount();

    reader(tenant).get(path).then().statusCode(200).contentType("application/json");
    reader(tenant)
        .accept("application/json")
        .get(path)
        .then()
        .statusCode(200)
        .contentType("application/json");
    reader(tenant)
        .accept("image/png")
        .get(path)
        .then()
        .statusCode(406)
        .contentType(startsWith("application/problem+json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/csv", "application/json"})
  void aListIsWholeWhenItsLinksAreFollowed(String type) {
    TenantId tenant = newAccount();
    for (int hour = 10; hour < 13; hour++) {
      long first = (hour - 10) * 9L + 1;
      file(tenant, draft(tenant, hour, first, first + 8, 1)).statusCode(200);
      observe(tenant, newInvoice(), "OPEN").statusCode(200);
    }
    String hours = "/v1/billing/ledger?period=2026-11&limit=2";

    assertThat(next(tenant, type, hours)).isEqualTo(hours + "&after=2");
    assertThat(next(tenant, type, hours + "&after=2")).isNull();
    assertThat(next(tenant, type, "/v1/billing/ledger")).isNull();
    String invoices = next(tenant, type, "/v1/billing/invoices?limit=2");
    assertThat(invoices).startsWith("/v1/billing/invoices?limit=2&after=in_");
    assertThat(next(tenant, type, invoices)).isNull();
  }

  @Test
  void givesTheLedgerOfAMonth() throws IOException {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);

    assertThat(table(tenant, "/v1/billing/ledger?period=2026-11")).hasSize(1);
    assertThat(table(tenant, "/v1/billing/ledger?period=2026-10")).isEmpty();
    assertThat(table(tenant, "/v1/billing/ledger?period=2031-01")).isEmpty();
    for (String bad : List.of("2026", "2026-13", "2026-11-01")) {
      for (String type : List.of("text/csv", "application/json")) {
        reader(tenant)
            .accept(type)
            .queryParam("period", bad)
            .get("/v1/billing/ledger")
            .then()
            .statusCode(400)
            .contentType(startsWith("application/problem+json"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/billing/usage",
        "/v1/billing/ledger",
        "/v1/billing/preview",
        "/v1/billing/invoices",
        "/v1/billing/proof?period=2026-11",
        "/v1/billing/account"
      })
  void showsNobodyWhatIsAnothersWhateverTheMediaType(String path) {
    TenantId other = newAccount();
    file(other, draft(other, 10, 1, 9, 234)).statusCode(200);

    String answer =
        reader(newAccount())
            .accept("text/csv, application/json;q=0.5")
            .queryParam("tenant_id", other.toString())
            .get(path)
            .then()
            .statusCode(200)
            .extract()
            .asString();

    assertThat(answer).doesNotContain(other.toString()).doesNotContain("240103425");
  }

  private static String next(TenantId tenant, String type, String path) {
    String link =
        reader(tenant)
            .accept(type)
            .urlEncodingEnabled(false)
            .get(path)
            .then()
            .statusCode(200)
            .extract()
            .header("Link");
    if (link == null) {
      return null;
    }
    assertThat(link).matches("<[^>]+>; rel=\"next\"");
    return link.substring(1, link.indexOf('>'));
  }

  private static List<CSVRecord> table(TenantId tenant, String path) throws IOException {
    String text =
        reader(tenant)
            .accept("text/csv")
            .get(path)
            .then()
            .statusCode(200)
            .contentType("text/csv;charset=UTF-8")
            .extract()
            .asString();
    CSVFormat withHeader = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(text, withHeader)) {
      return parser.getRecords();
    }
  }
}
