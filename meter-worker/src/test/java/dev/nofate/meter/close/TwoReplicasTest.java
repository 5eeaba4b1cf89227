package dev.nofate.meter.close;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.contract.LedgerEntry;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.fixture.FakeChains;
import dev.nofate.meter.fixture.FakeLedger;
import dev.nofate.meter.fixture.LedgerTruth;
import dev.nofate.meter.fixture.TurnTaking;
import dev.nofate.meter.fixture.Worker;
import dev.nofate.meter.round.Round;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two workers at once, their calls interleaved in hundreds of orders. */
class TwoReplicasTest {

  private static final TenantId TENANT = TenantId.of("6b1f0000-0000-4000-8000-000000000001");
  private static final int ORDERS = 300;

  private final FakeChains chains = new FakeChains(5);
  private final FakeLedger ledger = new FakeLedger();

  @Test
  void fileAndReportEachPeriodOnce() throws InterruptedException {
    List<LedgerEntry> alone = entriesOf(new TwoReplicasTest(), -1, Duration.ofHours(1));

    for (int seed = 0; seed < ORDERS; seed++) {
      assertThat(entriesOf(new TwoReplicasTest(), seed, Duration.ofHours(1)))
          .as("seed %d", seed)
          .isEqualTo(alone);
    }
  }

  @Test
  void doNotOverlapWhileAChangeOfThePeriodIsRolledOut() throws InterruptedException {
    for (int seed = 0; seed < ORDERS; seed++) {
      assertThat(entriesOf(new TwoReplicasTest(), seed, Duration.ofMinutes(30))).isNotEmpty();
    }
  }

  private static List<LedgerEntry> entriesOf(
      TwoReplicasTest suite, int seed, Duration periodOfTheSecond) throws InterruptedException {
    suite.recordADay();
    TurnTaking turns = new TurnTaking();
    if (seed >= 0) {
      Round first = suite.worker().watched(turns.steps(0)).start();
      Round second = suite.worker().period(periodOfTheSecond).watched(turns.steps(1)).start();
      turns.run(
          seed, () -> first.run(() -> false, () -> {}), () -> second.run(() -> false, () -> {}));
    }
    Round last = suite.worker().start();
    last.run(() -> false, () -> {});
    LedgerTruth.assertExact(suite.chains, suite.ledger, TENANT);
    LedgerTruth.assertClosedUntil(
        suite.chains, suite.ledger, TENANT, suite.chains.now().minus(Duration.ofHours(1)));
    assertThat(suite.ledger.sentToProvider()).doesNotHaveDuplicates();
    assertThat(suite.ledger.of(TENANT)).allMatch(entry -> entry.reported() != null);
    return suite.ledger.of(TENANT);
  }

  private Worker worker() {
    return new Worker(chains, ledger);
  }

  private void recordADay() {
    chains.at("2026-11-23T09:10:00Z").evaluation(TENANT, 10);
    chains.at("2026-11-23T09:40:00Z").evaluation(TENANT, 20);
    chains.at("2026-11-23T11:50:00Z").evaluation(TENANT, 30);
    chains.at("2026-11-23T12:10:00Z").evaluation(TENANT, 40);
    chains.at("2026-11-23T13:10:00Z");
  }
}
