package dev.nofate.meter.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.audit.contract.EventType;
import dev.nofate.billing.contract.Recount;
import dev.nofate.billing.contract.RecountTask;
import dev.nofate.billing.contract.RecountsApi;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.call.Calls;
import dev.nofate.meter.chain.BrokenChainException;
import dev.nofate.meter.chain.ChainLog;
import dev.nofate.meter.fixture.FakeChains;
import dev.nofate.meter.fixture.Steps;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecountTest {

  private static final TenantId TENANT = TenantId.of("6b1f0000-0000-4000-8000-000000000001");
  private static final TenantId OTHER = TenantId.of("6b1f0000-0000-4000-8000-000000000002");

  private final FakeChains chains = new FakeChains(2).at("2026-11-23T10:10:00Z");
  private final Calls calls = new Calls(() -> Duration.ofSeconds(30));
  private final Recounter recounter =
      new Recounter(new ChainLog(chains.api(Steps.UNWATCHED), calls));

  @Test
  void countsItsRangeAloneWhateverStandsBeforeAndBehind() {
    chains.evaluation(TENANT, 100);
    for (int i = 1; i <= 5; i++) {
      chains.evaluation(TENANT, i);
      chains.add(TENANT, EventType.STANDING_CHANGED, Map.of());
    }
    chains.evaluation(TENANT, 1000);

    Recount recount = recounter.count(new RecountTask(TENANT, 2, 4, 23));

    assertThat(recount.responsesEmitted()).isEqualTo(5);
    assertThat(recount.units()).isEqualTo(new UsageUnits(5, 15, 10, 30, 45));
    assertThat(recount.lastHash()).isEqualTo("%064x".formatted(23));
  }

  @Test
  void seesAnAnswerWhoseUsageIsMissing() {
    chains.evaluation(TENANT, 1);
    chains.add(TENANT, EventType.RESPONSE_EMITTED, Map.of());

    Recount recount = recounter.count(new RecountTask(TENANT, 1, 1, 4));

    assertThat(recount.responsesEmitted()).isEqualTo(2);
    assertThat(recount.units().evaluations()).isEqualTo(1);
  }

  @Test
  void doesNotCountAChainThatEndsBeforeTheRange() {
    chains.evaluation(TENANT, 1);

    assertThatThrownBy(() -> recounter.count(new RecountTask(TENANT, 1, 1, 4)))
        .isInstanceOf(BrokenChainException.class);
  }

  @Test
  void aPassGoesOnUntilNothingIsDueAndPastWhatCannotBeCounted() {
    chains.evaluation(TENANT, 1);
    chains.evaluation(OTHER, 2);
    RecountTask broken = new RecountTask(TENANT, 1, 1, 9);
    RecountTask good = new RecountTask(OTHER, 1, 1, 3);
    Ledger ledger = new Ledger(List.of(List.of(broken), List.of(good), List.of()));

    pass(ledger).run();

    assertThat(ledger.counted).extracting(Recount::tenant).containsExactly(OTHER);
    assertThat(ledger.batches).isEmpty();
  }

  @Test
  void aPassIsBounded() {
    chains.evaluation(TENANT, 1);
    RecountTask task = new RecountTask(TENANT, 1, 1, 3);
    Ledger ledger = new Ledger(List.of(List.of(task), List.of(task), List.of(task), List.of(task)));

    pass(ledger).run();

    assertThat(ledger.counted).hasSize(3);
  }

  private RecountPass pass(Ledger ledger) {
    RecountConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(RecountConfig.class)
            .withDefaultValue("nofate.meter.recount.batch", "1")
            .withDefaultValue("nofate.meter.recount.batches-per-pass", "3")
            .build()
            .getConfigMapping(RecountConfig.class);
    return new RecountPass(
        new Recounts(ledger.api(), calls), recounter, config, new SimpleMeterRegistry());
  }

  /** Hands out what it was told to, batch by batch. */
  private static final class Ledger {
    private final Deque<List<RecountTask>> batches = new ArrayDeque<>();
    private final List<Recount> counted = new ArrayList<>();

    Ledger(List<List<RecountTask>> batches) {
      this.batches.addAll(batches);
    }

    RecountsApi api() {
      return new RecountsApi() {
        @Override
        public Uni<List<RecountTask>> due(int limit) {
          return Uni.createFrom().item(batches.poll());
        }

        @Override
        public Uni<Void> counted(Recount recount) {
          counted.add(recount);
          return Uni.createFrom().voidItem();
        }
      };
    }
  }
}
