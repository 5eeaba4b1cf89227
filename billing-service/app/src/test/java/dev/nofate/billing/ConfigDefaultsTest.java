package dev.nofate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.price.PriceConfig;
import dev.nofate.billing.provider.ModeConfig;
import dev.nofate.billing.standing.GraceConfig;
import dev.nofate.billing.webhook.WebhookConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigDefaultsTest {

  private final SmallRyeConfig config =
      new SmallRyeConfigBuilder()
          .withMapping(ModeConfig.class)
          .withMapping(PriceConfig.class)
          .withMapping(GraceConfig.class)
          .withMapping(WebhookConfig.class)
          .build();

  @Test
  void callsNobodyUnlessTold() {
    assertThat(config.getConfigMapping(ModeConfig.class).mode()).isEqualTo("mock");
  }

  @Test
  void pricesAsDocumented() {
    PriceConfig prices = config.getConfigMapping(PriceConfig.class);

    assertThat(prices.perMibIn()).isEqualTo("10");
    assertThat(prices.perMibOut()).isEqualTo("15");
    assertThat(prices.perGate()).isEqualTo("1");
    assertThat(prices.perAuditEvent()).isEqualTo("2");
  }

  @Test
  void givesThreeDaysOfGrace() {
    GraceConfig grace = config.getConfigMapping(GraceConfig.class);

    assertThat(grace.periodDays()).isEqualTo("3");
    assertThat(grace.period()).isEmpty();
  }

  @Test
  void hasNoWebhookSecretOfItsOwn() {
    WebhookConfig webhook = config.getConfigMapping(WebhookConfig.class);

    assertThat(webhook.secrets()).isEmpty();
    assertThat(webhook.tolerance()).isEqualTo(Duration.ofMinutes(5));
    assertThat(webhook.maxAttempts()).isEqualTo(8);
    assertThat(webhook.backOff()).isEqualTo(Duration.ofSeconds(2));
    assertThat(webhook.longestBackOff()).isEqualTo(Duration.ofHours(1));
  }
}
