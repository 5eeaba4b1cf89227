package dev.nofate.billing.stripe;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** As in production, with tax computed by Stripe. */
public final class TaxProfile implements QuarkusTestProfile {

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(StripeResource.class));
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("billing.stripe.automatic-tax", "true");
  }
}
