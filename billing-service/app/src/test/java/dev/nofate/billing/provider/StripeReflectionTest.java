package dev.nofate.billing.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** In a native image a class that is not registered is sent as an empty body, without an error. */
class StripeReflectionTest {

  private static final Path COMMITTED =
      Path.of(
          "src/main/resources/META-INF/native-image/dev.nofate/billing-app/reflect-config.json");
  private static final Path GENERATED = Path.of("target/reflect-config.json");

  @Test
  void registersEveryClassThatStripesJsonReaches() throws IOException {
    String generated = StripeClasses.reflectConfig();
    Files.writeString(GENERATED, generated);

    assertThat(COMMITTED)
        .as("Stripe's classes changed; %s is the new file", GENERATED)
        .hasContent(generated);
  }

  @Test
  void reachesParametersNestedClassesAndImplementersOfInterfaces() {
    assertThat(StripeClasses.reflectConfig())
        .contains(
            "\"com.stripe.param.billing.MeterEventCreateParams\"",
            "\"com.stripe.param.SubscriptionCreateParams$BillingCycleAnchorConfig\"",
            "\"com.stripe.model.billing.Meter$CustomerMapping\"",
            "\"com.stripe.model.BankAccount\"",
            "\"com.stripe.model.StripeError\"");
  }
}
