package dev.nofate.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.meter.call.CallConfig;
import dev.nofate.meter.close.CloseConfig;
import dev.nofate.meter.period.PeriodConfig;
import dev.nofate.meter.recount.RecountConfig;
import dev.nofate.meter.round.RoundConfig;
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

    assertThat(config.getConfigMapping(PeriodConfig.class).length()).isEqualTo(Duration.ofHours(1));
    assertThat(config.getConfigMapping(CallConfig.class).timeout())
        .isEqualTo(Duration.ofSeconds(10));
    CloseConfig close = config.getConfigMapping(CloseConfig.class);
    assertThat(close.periodsPerTurn()).isEqualTo(48);
    assertThat(close.pagesPerTurn()).isEqualTo(500);
    RecountConfig recount = config.getConfigMapping(RecountConfig.class);
    assertThat(recount.tick()).isEqualTo(Duration.ofSeconds(30));
    assertThat(recount.batch()).isEqualTo(20);
    assertThat(recount.batchesPerPass()).isEqualTo(25);
    assertThat(recount.shutdownWait()).isEqualTo(Duration.ofSeconds(20));
    RoundConfig round = config.getConfigMapping(RoundConfig.class);
    assertThat(round.tick()).isEqualTo(Duration.ofSeconds(5));
    assertThat(round.concurrency()).isEqualTo(8);
    assertThat(round.chainsPage()).isEqualTo(500);
    assertThat(round.rememberedTenants()).isEqualTo(50_000);
    assertThat(round.shutdownWait()).isEqualTo(Duration.ofSeconds(20));
    assertThat(round.readyFor()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void operatorsSetThePeriodAndTheTickByTheirVariables() throws IOException {
    SmallRyeConfig config = config(Map.of("METER_PERIOD", "PT5M", "METER_TICK", "PT2S"));

    assertThat(config.getConfigMapping(PeriodConfig.class).length())
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(config.getConfigMapping(RoundConfig.class).tick()).isEqualTo(Duration.ofSeconds(2));
  }

  private static SmallRyeConfig config(Map<String, String> environment) throws IOException {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(
            new PropertiesConfigSource(
                ConfigDefaultsTest.class.getResource("/application.properties")))
        .withDefaultValues(environment)
        .withMapping(PeriodConfig.class)
        .withMapping(CallConfig.class)
        .withMapping(CloseConfig.class)
        .withMapping(RecountConfig.class)
        .withMapping(RoundConfig.class)
        .build();
  }
}
