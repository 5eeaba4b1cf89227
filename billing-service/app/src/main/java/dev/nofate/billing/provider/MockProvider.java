package dev.nofate.billing.provider;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Answers as the provider would, from the question alone: no call leaves the machine, everything
 * around it is the same.
 */
@ApplicationScoped
public class MockProvider implements PaymentProvider {

  @Override
  public String mode() {
    return "mock";
  }

  @Override
  public Uni<String> customer(TenantId tenant) {
    return Uni.createFrom().item("cus_mock_" + tenant.toString().replace("-", ""));
  }

  @Override
  public Uni<Receipt> report(Quantity quantity) {
    return Uni.createFrom().item(new Receipt("mock_" + quantity.identifier()));
  }
}
