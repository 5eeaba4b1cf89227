package dev.nofate.billing.invoice;

import static dev.nofate.billing.contract.InvoiceStatus.DRAFT;
import static dev.nofate.billing.contract.InvoiceStatus.OPEN;
import static dev.nofate.billing.contract.InvoiceStatus.PAID;
import static dev.nofate.billing.contract.InvoiceStatus.PAYMENT_FAILED;
import static dev.nofate.billing.contract.InvoiceStatus.UNCOLLECTIBLE;
import static dev.nofate.billing.contract.InvoiceStatus.VOID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.contract.InvoiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InvoiceLatticeTest {

  @ParameterizedTest
  @EnumSource
  void startsWithWhateverIsObservedFirst(InvoiceStatus observed) {
    assertThat(InvoiceLattice.merge(null, observed)).isEqualTo(observed);
  }

  @ParameterizedTest
  @EnumSource
  void staysWhenTheSameIsObservedAgain(InvoiceStatus status) {
    assertThat(InvoiceLattice.merge(status, status)).isEqualTo(status);
  }

  @Test
  void putsAFailedPaymentOverDraftAndOpen() {
    assertThat(InvoiceLattice.merge(DRAFT, PAYMENT_FAILED)).isEqualTo(PAYMENT_FAILED);
    assertThat(InvoiceLattice.merge(OPEN, PAYMENT_FAILED)).isEqualTo(PAYMENT_FAILED);
    assertThat(InvoiceLattice.merge(PAYMENT_FAILED, OPEN)).isEqualTo(PAYMENT_FAILED);
  }

  @ParameterizedTest
  @EnumSource
  void neverLeavesPaidOrVoid(InvoiceStatus observed) {
    assertThat(InvoiceLattice.merge(PAID, observed)).isEqualTo(PAID);
    assertThat(InvoiceLattice.merge(VOID, observed)).isEqualTo(VOID);
  }

  @Test
  void letsAnUncollectibleInvoiceStillBePaidOrVoided() {
    assertThat(InvoiceLattice.merge(UNCOLLECTIBLE, PAID)).isEqualTo(PAID);
    assertThat(InvoiceLattice.merge(UNCOLLECTIBLE, VOID)).isEqualTo(VOID);
    assertThat(InvoiceLattice.merge(UNCOLLECTIBLE, PAYMENT_FAILED)).isEqualTo(UNCOLLECTIBLE);
  }

  @Test
  void countsFailedAndUncollectibleAsDelinquent() {
    assertThat(InvoiceStatus.values())
        .filteredOn(InvoiceLattice::isDelinquent)
        .containsExactly(PAYMENT_FAILED, UNCOLLECTIBLE);
  }
}
