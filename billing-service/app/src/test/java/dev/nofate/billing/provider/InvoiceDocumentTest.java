package dev.nofate.billing.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvoiceDocumentTest {

  private static final String PAGE = "https://invoice.stripe.com/i/acct_1/test_a?s=ap";
  private static final String FILE = "https://pay.stripe.com/invoice/acct_1/test_a/pdf?s=ap";

  @Test
  void keepsWhatStripeTold() {
    InvoiceDocument told = InvoiceDocument.told("8C2E-1", 0L, 60L, PAGE, FILE);

    assertThat(told)
        .isEqualTo(
            new InvoiceDocument(
                "8C2E-1", Instant.EPOCH, Instant.EPOCH.plusSeconds(60), PAGE, FILE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://invoice.stripe.com/i/a",
        "https://stripe.com.evil.example/i/a",
        "https://evilstripe.com/i/a",
        "https://invoice.stripe.com@evil.example/i/a",
        "https://somebody@invoice.stripe.com/i/a",
        "https://invoice.stripe.com:8443/i/a",
        "https://evil.example/#.stripe.com",
        "https://evil.example\\.stripe.com/i/a",
        "javascript:alert(1)//invoice.stripe.com",
        "//invoice.stripe.com/i/a",
        "https://invoice.stripe.com/i/a b",
        "https://",
        ""
      })
  void takesALinkElsewhereForNone(String link) {
    InvoiceDocument told = InvoiceDocument.told("8C2E-1", 0L, 60L, link, link);

    assertThat(told.hostedUrl()).isNull();
    assertThat(told.pdfUrl()).isNull();
    assertThat(told.number()).isEqualTo("8C2E-1");
  }

  @Test
  void takesWhatIsNotOfItsFormForNotTold() {
    assertThat(InvoiceDocument.told(" ", -1L, Long.MAX_VALUE, PAGE + "a".repeat(2000), null))
        .isEqualTo(InvoiceDocument.UNKNOWN);
    assertThat(InvoiceDocument.told("=1+1", null, null, null, null))
        .isEqualTo(InvoiceDocument.UNKNOWN);
    assertThat(InvoiceDocument.told("A\n1", null, null, null, null))
        .isEqualTo(InvoiceDocument.UNKNOWN);
  }

  @Test
  void saysNoLinkWhenItIsWritten() {
    assertThat(InvoiceDocument.told("8C2E-1", 0L, 60L, PAGE, FILE).toString())
        .contains("8C2E-1")
        .doesNotContain("stripe.com", "test_a");
  }
}
