package dev.nofate.billing.provider;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Recorded answers: what the provider says when all is well, derived from the question alone. No
 * call leaves the machine; everything around it is the same as in production.
 */
final class MockProvider implements PaymentProvider {

  @Override
  public String mode() {
    return "mock";
  }

  @Override
  public Realm realm() {
    return Realm.MOCK;
  }

  @Override
  public Uni<String> customer(TenantId tenant, int number) {
    return Uni.createFrom().item("cus_mock_" + digits(tenant));
  }

  @Override
  public Uni<Void> requireCustomer(String customerId) {
    return customerId.startsWith("cus_mock_")
        ? Uni.createFrom().voidItem()
        : Uni.createFrom().failure(new RefusedException("the recorded provider has none"));
  }

  @Override
  public Uni<String> subscription(
      TenantId tenant, String customerId, String replacing, int number) {
    return Uni.createFrom().item("sub_mock_" + digits(tenant));
  }

  @Override
  public Uni<String> subscriptionStatus(String subscriptionId) {
    return Uni.createFrom().item("active");
  }

  /** The recorded provider makes no invoices: those of a tour or a test arrive as events. */
  @Override
  public Uni<List<InvoiceState>> invoices(String customerId, Instant since, Instant now) {
    return Uni.createFrom().item(List.of());
  }

  @Override
  public Uni<List<InvoiceLine>> invoiceLines(String invoiceId) {
    return Uni.createFrom().item(List.of());
  }

  @Override
  public Uni<Uncounted> uncounted(String eventId) {
    return Uni.createFrom().item(new Uncounted(1, List.of("recorded"), List.of()));
  }

  @Override
  public Uni<Optional<Tax>> tax(String customerId, String subscriptionId) {
    return Uni.createFrom().item(Optional.empty());
  }

  @Override
  public Uni<BillingCycle> cycle(String subscriptionId) {
    return Uni.createFrom().item(new BillingCycle("active", true, Instant.EPOCH, null, null));
  }

  @Override
  public Uni<Receipt> meter(Usage usage, String call) {
    return Uni.createFrom().item(new Receipt("mock_" + usage.identifier()));
  }

  /** The recorded provider forgets; what it was told is in the ledger. */
  @Override
  public Uni<Long> metered(String customerId, Instant from, Instant to) {
    return Uni.createFrom().item(0L);
  }

  @Override
  public Uni<Receipt> addInvoiceItem(Usage usage, String call) {
    return Uni.createFrom().item(new Receipt("ii_mock_" + usage.identifier()));
  }

  @Override
  public Uni<Optional<Receipt>> invoiceItem(Usage usage) {
    return Uni.createFrom().item(Optional.empty());
  }

  @Override
  public Uni<String> setupPage(String customerId) {
    return Uni.createFrom().item("https://checkout.invalid/mock/" + customerId);
  }

  @Override
  public Uni<String> portalPage(String customerId) {
    return Uni.createFrom().item("https://portal.invalid/mock/" + customerId);
  }

  @Override
  public Uni<Optional<GivenMethod>> givenMethod(String customerId, String pageId) {
    return Uni.createFrom().item(Optional.of(new GivenMethod("pm_mock", Instant.EPOCH)));
  }

  @Override
  public Uni<Void> payWith(String customerId, String paymentMethodId) {
    return Uni.createFrom().voidItem();
  }

  private static String digits(TenantId tenant) {
    return tenant.toString().replace("-", "");
  }
}
