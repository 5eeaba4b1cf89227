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

  private static List<CSVRecord> table(TenantId tenant, String path) throws IOException {
    String text =
        reader(tenant)
            .accept("text/csv")
            .get(path)
            .then()
            .statusCode(200)
            .contentType(startsWith("text/csv"))
            .extract()
            .asString();
    CSVFormat withHeader = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(text, withHeader)) {
      return parser.getRecords();
    }
  }
}
