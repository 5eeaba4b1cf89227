package dev.nofate.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookSettingTest {

  private static final String ONE = "whsec_0123456789abcdef";
  private static final String TWO = "whsec_fedcba9876543210";

  @Test
  void readsSeveralSecretsWhileRolling() {
    assertThat(setting(ONE + ", " + TWO + ",", "production").secrets()).containsExactly(ONE, TWO);
    assertThat(setting(ONE, "production").faults()).isEmpty();
  }

  @Test
  void demandsASecretInProductionOnly() {
    assertThat(setting(null, "production").faults())
        .containsExactly("STRIPE_WEBHOOK_SECRET: missing, and NOFATE_ENV is production");
    assertThat(setting(null, "development").faults()).isEmpty();
  }

  @Test
  void namesAShortSecretWithoutShowingIt() {
    assertThat(setting("short", "development").faults())
        .containsExactly("STRIPE_WEBHOOK_SECRET: a secret has fewer than 16 characters");
  }

  @Test
  void refusesMoreSecretsThanARollNeeds() {
    assertThat(setting((ONE + ",").repeat(6), "development").faults())
        .containsExactly("STRIPE_WEBHOOK_SECRET: more than 5 secrets");
  }

  private static WebhookSetting setting(String secrets, String environment) {
    return new WebhookSetting(new Given(Optional.ofNullable(secrets)), environment);
  }

  private record Given(Optional<String> secrets) implements WebhookConfig {
    @Override
    public Duration tolerance() {
      return Duration.ofMinutes(5);
    }

    @Override
    public int maxAttempts() {
      return 8;
    }

    @Override
    public Duration backOff() {
      return Duration.ofSeconds(2);
    }

    @Override
    public Duration longestBackOff() {
      return Duration.ofHours(1);
    }

    @Override
    public Duration kept() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Duration forgetEvery() {
      throw new UnsupportedOperationException();
    }
  }
}
