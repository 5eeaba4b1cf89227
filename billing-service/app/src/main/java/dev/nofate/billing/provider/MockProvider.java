package dev.nofate.billing.provider;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
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
  public Uni<String> customer(TenantId tenant) {
    return Uni.createFrom().item("cus_mock_" + digits(tenant));
  }

  @Override
  public Uni<String> subscription(TenantId tenant, String customerId) {
    return Uni.createFrom().item("sub_mock_" + digits(tenant));
  }

  @Override
  public Uni<BillingCycle> cycle(String subscriptionId) {
    return Uni.createFrom().item(new BillingCycle(Instant.EPOCH, null, null));
  }

  @Override
  public Uni<Receipt> meter(Usage usage) {
    return Uni.createFrom().item(new Receipt("mock_" + usage.identifier()));
  }

  /** The recorded provider forgets; what it was told is in the ledger. */
  @Override
  public Uni<Long> metered(String customerId, Instant from, Instant to) {
    return Uni.createFrom().item(0L);
  }

  @Override
  public Uni<Receipt> addInvoiceItem(Usage usage) {
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
  public Uni<Boolean> adoptPaymentMethod(String customerId, String pageId) {
    return Uni.createFrom().item(true);
  }

  private static String digits(TenantId tenant) {
    return tenant.toString().replace("-", "");
  }
}
