package dev.nofate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.poll.PollConfig;
import dev.nofate.billing.price.PriceConfig;
import dev.nofate.billing.provider.ModeConfig;
import dev.nofate.billing.provider.StripeConfig;
import dev.nofate.billing.reconcile.ReconcileConfig;
import dev.nofate.billing.report.ReportConfig;
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
          .withMapping(StripeConfig.class)
          .withMapping(ReportConfig.class)
          .withMapping(PollConfig.class)
          .withMapping(ReconcileConfig.class)
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
  void boundsWhatIsDoneOnATimer() {
    PollConfig poll = config.getConfigMapping(PollConfig.class);
    ReconcileConfig reconcile = config.getConfigMapping(ReconcileConfig.class);

    assertThat(poll.interval()).isEqualTo(Duration.ofMinutes(15));
    assertThat(poll.accounts()).isEqualTo(5);
    assertThat(poll.lookBack()).isEqualTo(Duration.ofDays(40));
    assertThat(reconcile.gaugeEvery()).isEqualTo(Duration.ofMinutes(1));
    assertThat(reconcile.again()).isEqualTo(Duration.ofDays(7));
    assertThat(reconcile.againWhenDifferent()).isEqualTo(Duration.ofMinutes(1));
    assertThat(reconcile.againWhenDifferentAtMost()).isEqualTo(Duration.ofHours(1));
    assertThat(reconcile.handedOutFor()).isEqualTo(Duration.ofMinutes(1));
    assertThat(reconcile.unbilledAfter()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void hasNoWebhookSecretOfItsOwn() {
    WebhookConfig webhook = config.getConfigMapping(WebhookConfig.class);

    assertThat(webhook.secrets()).isEmpty();
    assertThat(webhook.tolerance()).isEqualTo(Duration.ofMinutes(5));
    assertThat(webhook.maxAttempts()).isEqualTo(17);
    assertThat(webhook.backOff()).isEqualTo(Duration.ofSeconds(2));
    assertThat(webhook.longestBackOff()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void boundsCallsToStripe() {
    StripeConfig stripe = config.getConfigMapping(StripeConfig.class);
    ReportConfig report = config.getConfigMapping(ReportConfig.class);

    assertThat(stripe.secretKey()).isEmpty();
    assertThat(stripe.meteredPriceId()).isEmpty();
    assertThat(stripe.returnUrl()).isEmpty();
    assertThat(stripe.portalConfiguration()).isEmpty();
    assertThat(stripe.apiBase()).isEqualTo("https://api.stripe.com");
    assertThat(stripe.automaticTax()).isFalse();
    assertThat(stripe.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(stripe.readTimeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(stripe.retries()).isEqualTo(2);
    assertThat(stripe.retryBackOff()).isEqualTo(Duration.ofMillis(250));
    assertThat(stripe.concurrency()).isEqualTo(8);
    assertThat(report.lease()).isEqualTo(Duration.ofSeconds(6));
    assertThat(report.backOff()).isEqualTo(Duration.ofSeconds(2));
    assertThat(report.longestBackOff()).isEqualTo(Duration.ofMinutes(5));
    assertThat(report.identifierMemory()).isEqualTo(Duration.ofHours(23));
    assertThat(report.summaryLag()).isEqualTo(Duration.ofHours(1));
    assertThat(report.oldestMetered()).isEqualTo(Duration.ofDays(34));
    assertThat(report.draftMargin()).isEqualTo(Duration.ofMinutes(10));
  }
}
