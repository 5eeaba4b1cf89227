package dev.nofate.billing.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StripeSettingTest {

  private static final Map<String, String> LIVE =
      Map.of(
          "billing.stripe.secret-key", "sk_live_0123456789",
          "billing.stripe.metered-price-id", "price_1",
          "billing.stripe.return-url", "https://customer.example/billing");

  @Test
  void looksAtNothingInMockMode() {
    assertThat(faults("mock", "production", Map.of())).isEmpty();
  }

  @Test
  void namesEverythingThatIsMissingAtOnce() {
    assertThat(faults("production", "development", Map.of()))
        .containsExactly(
            "STRIPE_SECRET_KEY: missing, and BILLING_MODE is production",
            "STRIPE_METERED_PRICE_ID: missing, and BILLING_MODE is production",
            "BILLING_RETURN_URL: missing, and BILLING_MODE is production",
            "STRIPE_WEBHOOK_SECRET: missing, and BILLING_MODE is production");
  }

  @Test
  void takesALiveKeyInProduction() {
    assertThat(faults("production", "production", LIVE)).isEmpty();
  }

  @Test
  void refusesALiveKeyInTestSettings() {
    assertThat(faults("production", "development", LIVE))
        .contains("STRIPE_SECRET_KEY: a live key, and NOFATE_ENV is not production");
  }

  @Test
  void refusesATestKeyInProduction() {
    assertThat(
            faults(
                "production", "production", with("billing.stripe.secret-key", "rk_test_01234567")))
        .containsExactly("STRIPE_SECRET_KEY: a test key, and NOFATE_ENV is production");
  }

  @Test
  void neverRepeatsAKeyThatItRefuses() {
    assertThat(
            faults("production", "production", with("billing.stripe.secret-key", "whsec_secret")))
        .singleElement()
        .asString()
        .doesNotContain("whsec_secret");
  }

  @Test
  void refusesAnotherAddressInProduction() {
    assertThat(
            faults(
                "production",
                "production",
                with("billing.stripe.api-base", "https://else.example")))
        .containsExactly("STRIPE_API_BASE: not Stripe's own address, and NOFATE_ENV is production");
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThat(faults("production", "production", with("billing.stripe.retries", "10"))).isEmpty();
    assertThat(faults("production", "production", with("billing.stripe.retries", "11"))).hasSize(1);
    assertThat(faults("production", "production", with("billing.stripe.concurrency", "100")))
        .isEmpty();
    assertThat(faults("production", "production", with("billing.stripe.concurrency", "101")))
        .hasSize(1);
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> settings = new HashMap<>(LIVE);
    settings.put(name, value);
    return settings;
  }

  private static List<String> faults(
      String mode, String environment, Map<String, String> settings) {
    StripeConfig stripe =
        new SmallRyeConfigBuilder()
            .withMapping(StripeConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build()
            .getConfigMapping(StripeConfig.class);
    return new StripeSetting(() -> mode, stripe, Optional.empty(), environment).faults();
  }
}
