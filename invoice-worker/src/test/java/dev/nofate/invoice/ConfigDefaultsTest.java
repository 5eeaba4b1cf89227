package dev.nofate.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.invoice.call.CallConfig;
import dev.nofate.invoice.event.EventConfig;
import dev.nofate.invoice.outbox.OutboxConfig;
import dev.nofate.invoice.poll.PollConfig;
import dev.nofate.invoice.round.RoundConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigDefaultsTest {

  @Test
  void aWorkerWithoutSettingsRunsWithTheseBounds() throws IOException {
    SmallRyeConfig config = config(Map.of());

    assertThat(config.getConfigMapping(CallConfig.class).timeout())
        .isEqualTo(Duration.ofSeconds(5));
    EventConfig event = config.getConfigMapping(EventConfig.class);
    assertThat(event.batch()).isEqualTo(20);
    assertThat(event.batchOfNotices()).isEqualTo(3);
    assertThat(event.lease()).isEqualTo(Duration.ofSeconds(15));
    OutboxConfig outbox = config.getConfigMapping(OutboxConfig.class);
    assertThat(outbox.page()).isEqualTo(200);
    assertThat(outbox.concurrency()).isEqualTo(8);
    PollConfig poll = config.getConfigMapping(PollConfig.class);
    assertThat(poll.tick()).isEqualTo(Duration.ofSeconds(5));
    assertThat(poll.afterFailure()).isEqualTo(Duration.ofMinutes(1));
    RoundConfig round = config.getConfigMapping(RoundConfig.class);
    assertThat(round.tick()).isEqualTo(Duration.ofSeconds(1));
    assertThat(round.shutdownWait()).isEqualTo(Duration.ofSeconds(20));
    assertThat(round.readyFor()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void operatorsSetTheTickByItsVariable() throws IOException {
    assertThat(config(Map.of("INVOICE_TICK", "PT3S")).getConfigMapping(RoundConfig.class).tick())
        .isEqualTo(Duration.ofSeconds(3));
  }

  private static SmallRyeConfig config(Map<String, String> environment) throws IOException {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(
            new PropertiesConfigSource(
                ConfigDefaultsTest.class.getResource("/application.properties")))
        .withDefaultValues(environment)
        .withMapping(CallConfig.class)
        .withMapping(EventConfig.class)
        .withMapping(OutboxConfig.class)
        .withMapping(PollConfig.class)
        .withMapping(RoundConfig.class)
        .build();
  }
}
