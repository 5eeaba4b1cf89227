package dev.nofate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.audit.append.AppendConfig;
import dev.nofate.audit.auditor.AuditorConfig;
import dev.nofate.audit.checkpoint.CheckpointConfig;
import dev.nofate.audit.export.ExportConfig;
import dev.nofate.audit.health.HealthConfig;
import dev.nofate.audit.read.ReadConfig;
import dev.nofate.audit.signing.SigningConfig;
import dev.nofate.audit.verify.VerifyConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every default stands here a second time: changing one is a decision. */
class ConfigurationTest {

  @Test
  void appendingHasTheseBounds() {
    AppendConfig config = defaults(AppendConfig.class);

    assertThat(config.queueLengthPerTenant()).isEqualTo(1024);
    assertThat(config.queueLength()).isEqualTo(8192);
    assertThat(config.queueBytes()).isEqualTo(64 * 1024 * 1024);
    assertThat(config.eventsPerAppend()).isEqualTo(64);
    assertThat(config.appendsPerRequest()).isEqualTo(100);
    assertThat(config.payloadBytes()).isEqualTo(64 * 1024);
    assertThat(config.eventsPerBatch()).isEqualTo(512);
    assertThat(config.attempts()).isEqualTo(5);
    assertThat(config.backoff()).isEqualTo(Duration.ofMillis(20));
    assertThat(config.backoffLimit()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.attemptTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.answerTimeout()).isEqualTo(Duration.ofSeconds(8));
    assertThat(config.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.rememberedHeads()).isEqualTo(10_000);
    assertThat(config.contention()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void readingHasTheseBounds() {
    assertThat(defaults(ReadConfig.class).defaultLimit()).isEqualTo(100);
    assertThat(defaults(ReadConfig.class).largestLimit()).isEqualTo(1000);
    assertThat(defaults(ExportConfig.class).pageEvents()).isEqualTo(200);
    assertThat(defaults(ExportConfig.class).running()).isEqualTo(8);
    assertThat(defaults(ExportConfig.class).runningPerTenant()).isEqualTo(2);
    assertThat(defaults(ExportConfig.class).retryAfter()).isEqualTo(Duration.ofSeconds(5));
    assertThat(defaults(VerifyConfig.class).atOnce()).isEqualTo(2);
    assertThat(defaults(VerifyConfig.class).pageEvents()).isEqualTo(200);
    assertThat(defaults(VerifyConfig.class).retryAfter()).isEqualTo(Duration.ofSeconds(5));
    assertThat(defaults(HealthConfig.class).timeout()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void signingAndAuditingHaveTheseBounds() {
    assertThat(defaults(CheckpointConfig.class).every()).isEqualTo(Duration.ofMinutes(1));
    assertThat(defaults(CheckpointConfig.class).onDemandPerMinute()).isEqualTo(60);
    assertThat(defaults(CheckpointConfig.class).rememberedTenants()).isEqualTo(10_000);
    assertThat(defaults(CheckpointConfig.class).pageChains()).isEqualTo(200);
    assertThat(defaults(SigningConfig.class).host()).isEqualTo("localhost");
    assertThat(defaults(SigningConfig.class).keyFiles()).isEmpty();
    assertThat(defaults(SigningConfig.class).retiredKeys()).isEmpty();
    AuditorConfig auditor = defaults(AuditorConfig.class);
    assertThat(auditor.every()).isEqualTo(Duration.ofSeconds(10));
    assertThat(auditor.eventsPerSecond()).isEqualTo(2000);
    assertThat(auditor.pageEvents()).isEqualTo(500);
    assertThat(auditor.chainsPerRound()).isEqualTo(200);
    assertThat(auditor.startsAgainAfter()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void refusesAKeyThatNoFeatureHas() {
    assertThatThrownBy(
            () ->
                new SmallRyeConfigBuilder()
                    .withMapping(AppendConfig.class)
                    .withDefaultValue("audit.append.que-length", "1")
                    .build())
        .hasMessageContaining("audit.append.que-length");
  }

  private static <T> T defaults(Class<T> mapping) {
    return new SmallRyeConfigBuilder().withMapping(mapping).build().getConfigMapping(mapping);
  }
}
