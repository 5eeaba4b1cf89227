package dev.nofate.billing.stripe;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** The service as in production, with the stand-in for Stripe. */
public final class StripeProfile implements QuarkusTestProfile {

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(StripeResource.class));
  }
}
