package dev.nofate.meter.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.EventType;
import dev.nofate.billing.contract.OpenUsage;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.fixture.FakeChains;
import dev.nofate.meter.fixture.FakeLedger;
import dev.nofate.meter.fixture.Killed;
import dev.nofate.meter.fixture.Steps;
import dev.nofate.meter.fixture.Worker;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundTest {

  private static final TenantId FIRST = tenant(1);
  private static final TenantId SECOND = tenant(2);

  private final FakeChains chains = new FakeChains(1000).at("2026-11-23T10:10:00Z");
  private final FakeLedger ledger = new FakeLedger();
  private final Killed.At calls = Killed.At.never();

  @Test
  void showsTheOpenPeriodAndShowsItAgainOnlyWhenItChanged() {
    Round round = new Worker(chains.evaluation(FIRST, 10), ledger).watched(calls).start();

    round.run(() -> false, () -> {});
    assertThat(ledger.open(FIRST)).isEqualTo(new OpenUsage(0, 3, new UsageUnits(1, 10, 2, 6, 9)));

    chains.add(FIRST, EventType.API_KEY_CREATED, Map.of());
    round.run(() -> false, () -> {});
    assertThat(calls.passed()).filteredOn("after open usage"::equals).hasSize(1);

    chains.evaluation(FIRST, 5);
    round.run(() -> false, () -> {});
    assertThat(ledger.open(FIRST)).isEqualTo(new OpenUsage(0, 7, new UsageUnits(2, 15, 4, 12, 18)));
  }

  @Test
  void asksNobodyAboutATenantWithNothingNewAndNothingDue() {
    Round round = new Worker(chains.evaluation(FIRST, 10), ledger).watched(calls).start();
    round.run(() -> false, () -> {});
    calls.passed().clear();

    round.run(() -> false, () -> {});

    assertThat(calls.passed()).containsExactly("before chains", "after chains");
  }

  @Test
  void closesAPeriodThatEndsWithoutAnyNewEvent() {
    Round round = new Worker(chains.evaluation(FIRST, 10), ledger).start();
    round.run(() -> false, () -> {});

    chains.at("2026-11-23T11:00:00Z");
    round.run(() -> false, () -> {});

    assertThat(ledger.of(FIRST)).hasSize(1);
    assertThat(ledger.open(FIRST).units()).isEqualTo(UsageUnits.NONE);
  }

  @Test
  void waitsForTheLogsClockWhenItsOwnIsAhead() {
    Round round =
        new Worker(chains.evaluation(FIRST, 10), ledger).skew(Duration.ofMinutes(55)).start();

    Round.Result early = round.run(() -> false, () -> {});
    assertThat(ledger.of(FIRST)).isEmpty();
    assertThat(early.failures()).isZero();
    assertThat(early.overdueSince()).contains(Instant.parse("2026-11-23T11:00:00Z"));

    chains.at("2026-11-23T11:00:00Z");
    assertThat(round.run(() -> false, () -> {}).overdueSince()).isEmpty();
    assertThat(ledger.of(FIRST)).hasSize(1);
  }

  @Test
  void oneTenantsFailureStopsNoOther() {
    chains.evaluation(FIRST, 10).evaluation(SECOND, 20);
    ChainEvent usage = chains.of(FIRST).get(2);
    chains.tamper(
        FIRST,
        new ChainEvent(
            usage.at(),
            Map.of("bytes_in", "many"),
            usage.seq(),
            null,
            usage.tenant(),
            usage.type(),
            1,
            usage.hash()));
    chains.at("2026-11-23T11:00:01Z");

    Round.Result result = new Worker(chains, ledger).start().run(() -> false, () -> {});

    assertThat(result.tenants()).isEqualTo(2);
    assertThat(result.failures()).isEqualTo(1);
    assertThat(ledger.of(FIRST)).isEmpty();
    assertThat(ledger.of(SECOND)).hasSize(1);
  }

  @Test
  void aFailedTurnIsTakenAgain() {
    AtomicBoolean down = new AtomicBoolean(true);
    Steps outage =
        new Steps() {
          @Override
          public void before(String call) {
            if (down.get() && call.startsWith("report")) {
              throw new WebApplicationException(503);
            }
          }
        };
    chains.evaluation(FIRST, 10).at("2026-11-23T11:00:01Z");
    Round round = new Worker(chains, ledger).watched(outage).start();

    assertThat(round.run(() -> false, () -> {}).failures()).isEqualTo(1);
    assertThat(ledger.of(FIRST)).hasSize(1).allMatch(entry -> entry.reported() == null);
    down.set(false);

    assertThat(round.run(() -> false, () -> {}).failures()).isZero();
    assertThat(ledger.of(FIRST)).allMatch(entry -> entry.reported() != null);
  }

  @Test
  void worksOnSeveralTenantsButNeverMoreThanConfigured() {
    AtomicInteger busy = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Steps counting =
        new Steps() {
          @Override
          public void before(String call) {
            if (!call.equals("chains")) {
              most.accumulateAndGet(busy.incrementAndGet(), Math::max);
            }
          }

          @Override
          public void after(String call) {
            if (!call.equals("chains")) {
              busy.decrementAndGet();
            }
          }
        };
    IntStream.range(0, 300).forEach(n -> chains.evaluation(tenant(n), n));
    chains.at("2026-11-23T11:00:01Z");

    Round.Result result =
        new Worker(chains, ledger)
            .watched(counting)
            .set("nofate.meter.round.concurrency", 4)
            .set("nofate.meter.round.chains-page", 70)
            .start()
            .run(() -> false, () -> {});

    assertThat(result).isEqualTo(new Round.Result(300, 0, result.overdueSince()));
    assertThat(result.overdueSince()).isEmpty();
    assertThat(IntStream.range(0, 300)).allMatch(n -> ledger.of(tenant(n)).size() == 1);
    assertThat(most.get()).isBetween(1, 4);
  }

  @Test
  void beginsNoFurtherTurnOnceTheProcessIsEnding() {
    AtomicBoolean ending = new AtomicBoolean();
    Steps firstCallEndsIt =
        new Steps() {
          @Override
          public void before(String call) {
            ending.set(ending.get() || call.equals("position"));
          }
        };
    chains.evaluation(FIRST, 1).evaluation(SECOND, 2).at("2026-11-23T11:00:01Z");

    Round.Result result =
        new Worker(chains, ledger).watched(firstCallEndsIt).start().run(ending::get, () -> {});

    assertThat(result.tenants()).isEqualTo(1);
    assertThat(ledger.of(FIRST)).hasSize(1).allMatch(entry -> entry.reported() != null);
    assertThat(ledger.of(SECOND)).isEmpty();
  }

  @Test
  void catchesUpHourByHourAfterAWeekOfDowntime() {
    for (int hour = 0; hour < 7 * 24; hour++) {
      chains.at(Instant.parse("2026-11-23T10:10:00Z").plus(Duration.ofHours(hour)));
      chains.evaluation(FIRST, hour);
    }
    chains.at(chains.now().plus(Duration.ofHours(1)));
    Round round = new Worker(chains, ledger).set("nofate.meter.close.periods-per-turn", 48).start();

    round.run(() -> false, () -> {});
    assertThat(ledger.of(FIRST)).hasSize(48);
    IntStream.range(0, 3).forEach(n -> round.run(() -> false, () -> {}));

    assertThat(ledger.of(FIRST)).hasSize(7 * 24).allMatch(entry -> entry.reported() != null);
    assertThat(ledger.sentToProvider()).hasSize(7 * 24).doesNotHaveDuplicates();
  }

  @Test
  void failsAsAWholeOnlyWhenTheChainsCannotBeListed() {
    Steps outage =
        new Steps() {
          @Override
          public void before(String call) {
            throw new WebApplicationException(503);
          }
        };
    Round round = new Worker(chains, ledger).watched(outage).start();

    assertThatThrownBy(() -> round.run(() -> false, () -> {}))
        .isInstanceOf(WebApplicationException.class);
  }

  private static TenantId tenant(int number) {
    return new TenantId(new UUID(0x6b1f_0000_0000_4000L, 0x8000_0000_0000_0000L + number));
  }
}
