package dev.nofate.meter.close;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.fixture.FakeChains;
import dev.nofate.meter.fixture.FakeLedger;
import dev.nofate.meter.fixture.LedgerTruth;
import dev.nofate.meter.fixture.Worker;
import dev.nofate.meter.round.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random traffic, rounds at random times, workers with wrong clocks that come and go. */
class RandomDaysTest {

  private static final TenantId FIRST = TenantId.of("6b1f0000-0000-4000-8000-000000000001");
  private static final TenantId SECOND = TenantId.of("6b1f0000-0000-4000-8000-000000000002");
  private static final List<TenantId> TENANTS = List.of(FIRST, SECOND);
  private static final List<EventType> WITHOUT_USAGE =
      List.of(EventType.REQUEST_RECEIVED, EventType.API_KEY_CREATED, EventType.STANDING_CHANGED);

  @Property(tries = 300)
  void theLedgerCoversTheChainExactly(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 7) int page,
      @ForAll @IntRange(min = -7200, max = 7200) int skewSeconds,
      @ForAll boolean remembers) {
    FakeChains chains = new FakeChains(page);
    FakeLedger ledger = new FakeLedger();
    Worker worker =
        new Worker(chains, ledger)
            .skew(Duration.ofSeconds(skewSeconds))
            .set("nofate.meter.close.pages-per-turn", 1 + random.nextInt(5))
            .set("nofate.meter.close.periods-per-turn", 1 + random.nextInt(3))
            .set("nofate.meter.round.remembered-tenants", remembers ? 1 : 0);
    Round round = worker.start();

    for (int step = 0; step < 60; step++) {
      TenantId tenant = TENANTS.get(random.nextInt(2));
      switch (random.nextInt(6)) {
        case 0 -> round.run(() -> false, () -> {});
        case 1 -> round = worker.start();
        case 2 -> chains.at(chains.now().plusSeconds(random.nextInt(7200)));
        case 3 -> chains.add(tenant, WITHOUT_USAGE.get(random.nextInt(3)), Map.of());
        default -> chains.evaluation(tenant, random.nextInt(1000));
      }
      TENANTS.forEach(each -> LedgerTruth.assertExact(chains, ledger, each));
    }
    Instant traffic = chains.now();
    chains.at(traffic.plus(Duration.ofHours(4)));
    for (int rounds = 0; rounds < 200; rounds++) {
      round.run(() -> false, () -> {});
    }

    for (TenantId tenant : TENANTS) {
      LedgerTruth.assertExact(chains, ledger, tenant);
      LedgerTruth.assertClosedUntil(chains, ledger, tenant, traffic.plusSeconds(1));
      assertThat(LedgerTruth.marks(chains, tenant)).hasSameSizeAs(ledger.of(tenant));
      assertThat(ledger.of(tenant)).allMatch(entry -> entry.reported() != null);
    }
  }
}
