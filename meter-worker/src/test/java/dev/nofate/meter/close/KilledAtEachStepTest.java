package dev.nofate.meter.close;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.fixture.FakeChains;
import dev.nofate.meter.fixture.FakeLedger;
import dev.nofate.meter.fixture.Killed;
import dev.nofate.meter.fixture.LedgerTruth;
import dev.nofate.meter.fixture.Worker;
import dev.nofate.meter.round.Round;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The worker is killed at every call it makes, before and after the call had its effect. */
class KilledAtEachStepTest {

  private static final TenantId TENANT = TenantId.of("6b1f0000-0000-4000-8000-000000000001");
  private static final TenantId OTHER = TenantId.of("6b1f0000-0000-4000-8000-000000000002");

  /** A day of two tenants as it stands before any worker ran. */
  private static final class Suite {
    private final FakeChains chains = new FakeChains(4);
    private final FakeLedger ledger = new FakeLedger();

    Suite() {
      chains.at("2026-11-23T09:10:00Z").add(TENANT, EventType.TENANT_CREATED, Map.of());
      chains.evaluation(TENANT, 10).evaluation(OTHER, 11);
      chains.at("2026-11-23T09:59:59.999999Z").evaluation(TENANT, 20);
      chains.at("2026-11-23T10:00:00Z").evaluation(TENANT, 30);
      chains.at("2026-11-23T12:30:00Z").evaluation(TENANT, 40).evaluation(OTHER, 41);
      chains.at("2026-11-23T13:01:00Z").evaluation(TENANT, 50);
    }

    /** Runs a fresh process until it has nothing left to do, or dies. */
    List<String> run(Killed.At killer) {
      Round round = new Worker(chains, ledger).watched(killer).start();
      killer.live(
          () -> {
            round.run(() -> false, () -> {});
            round.run(() -> false, () -> {});
          });
      return killer.passed();
    }

    void assertSameAs(Suite expected) {
      SoftAssertions.assertSoftly(
          softly -> {
            for (TenantId tenant : List.of(TENANT, OTHER)) {
              softly.assertThat(chains.of(tenant)).isEqualTo(expected.chains.of(tenant));
              softly.assertThat(ledger.of(tenant)).isEqualTo(expected.ledger.of(tenant));
              softly
                  .assertThat(ledger.open(tenant).units())
                  .isEqualTo(expected.ledger.open(tenant).units());
            }
            softly
                .assertThat(ledger.sentToProvider())
                .containsExactlyInAnyOrderElementsOf(expected.ledger.sentToProvider());
          });
      LedgerTruth.assertExact(chains, ledger, TENANT);
      LedgerTruth.assertExact(chains, ledger, OTHER);
    }
  }

  private final Suite undisturbed = new Suite();
  private final List<String> steps = undisturbed.run(Killed.At.never());

  @Test
  void theUndisturbedRunFilesAndReportsEveryFinishedPeriod() {
    assertThat(undisturbed.ledger.of(TENANT))
        .extracting(entry -> entry.periodStart() + " " + entry.units().bytesIn())
        .containsExactly(
            "2026-11-23T09:00:00.000000Z 30",
            "2026-11-23T10:00:00.000000Z 30",
            "2026-11-23T12:00:00.000000Z 40");
    assertThat(undisturbed.ledger.of(TENANT)).allMatch(entry -> entry.reported() != null);
    assertThat(undisturbed.ledger.open(TENANT).units().bytesIn()).isEqualTo(50);
    assertThat(undisturbed.ledger.of(OTHER)).hasSize(2);
    assertThat(steps)
        .contains(
            "before chains",
            "after position",
            "after events",
            "before append PERIOD_CLOSED",
            "after append PERIOD_CLOSED",
            "before file 2026-11-23T09:00:00.000000Z",
            "after file 2026-11-23T09:00:00.000000Z",
            "after open usage",
            "before report 1",
            "after report 1",
            "after report 3");
  }

  @TestFactory
  Stream<DynamicTest> aKilledWorkerLeavesWhatItsSuccessorCompletes() {
    return IntStream.range(0, steps.size())
        .mapToObj(
            fatal ->
                DynamicTest.dynamicTest(
                    "killed at step " + fatal + ", " + steps.get(fatal),
                    () -> {
                      Suite suite = new Suite();
                      assertThat(suite.run(new Killed.At(fatal))).endsWith(steps.get(fatal));
                      suite.run(Killed.At.never());
                      suite.assertSameAs(undisturbed);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> workersThatKeepDyingStillEndAtTheSameLedger() {
    return IntStream.range(0, 50)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed,
                    () -> {
                      Random random = new Random(seed);
                      Suite suite = new Suite();
                      for (int life = 0; life < 6; life++) {
                        suite.run(new Killed.At(random.nextInt(steps.size())));
                      }
                      suite.run(Killed.At.never());
                      suite.assertSameAs(undisturbed);
                    }));
  }

  @Test
  void aChangedPeriodBetweenLivesNeverMakesPeriodsOverlap() {
    List<Duration> lengths =
        List.of(
            Duration.ofHours(1), Duration.ofMinutes(20), Duration.ofHours(6), Duration.ofDays(1));
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Suite suite = new Suite();
      for (int life = 0; life < 4; life++) {
        Killed.At killer = new Killed.At(random.nextInt(steps.size()));
        Duration length = lengths.get(random.nextInt(lengths.size()));
        Round round = new Worker(suite.chains, suite.ledger).period(length).watched(killer).start();
        killer.live(() -> round.run(() -> false, () -> {}));
      }
      suite.run(Killed.At.never());
      suite.chains.at("2026-11-24T00:00:00Z");
      suite.run(Killed.At.never());
      LedgerTruth.assertExact(suite.chains, suite.ledger, TENANT);
      LedgerTruth.assertClosedUntil(suite.chains, suite.ledger, TENANT, suite.chains.now());
    }
  }
}
