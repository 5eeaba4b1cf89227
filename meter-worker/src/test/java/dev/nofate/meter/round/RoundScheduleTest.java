package dev.nofate.meter.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.fixture.FakeChains;
import dev.nofate.meter.fixture.FakeLedger;
import dev.nofate.meter.fixture.Steps;
import dev.nofate.meter.fixture.Worker;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RoundScheduleTest {

  private static final TenantId TENANT = TenantId.of("6b1f0000-0000-4000-8000-000000000001");
  private static final TenantId OTHER = TenantId.of("6b1f0000-0000-4000-8000-000000000002");

  private final FakeChains chains = new FakeChains(1000).at("2026-11-23T10:10:00Z");
  private final FakeLedger ledger = new FakeLedger();
  private final AtomicReference<String> refused = new AtomicReference<>("");
  private final Worker worker =
      new Worker(chains, ledger)
          .watched(
              new Steps() {
                @Override
                public void before(String call) {
                  if (call.equals(refused.get())) {
                    throw new WebApplicationException(503);
                  }
                }
              });

  @Test
  void isCurrentFromItsFirstRoundUntilRoundsStayAway() {
    RoundSchedule schedule = worker.schedule();
    assertThat(schedule.isCurrent()).isFalse();

    schedule.tick();
    assertThat(schedule.isCurrent()).isTrue();

    refused.set("chains");
    chains.at(chains.now().plus(Duration.ofMinutes(2)));
    schedule.tick();
    assertThat(schedule.isCurrent()).isFalse();
  }

  @Test
  void isCurrentInALongRoundOnceATurnOfItHasEnded() throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    Worker slow =
        new Worker(chains, ledger)
            .watched(
                new Steps() {
                  @Override
                  public void before(String call) {
                    if (call.equals("append PERIOD_CLOSED")) {
                      await(goOn);
                    }
                  }
                });
    chains.evaluation(OTHER, 1).at("2026-11-23T11:00:30Z").evaluation(TENANT, 1);
    RoundSchedule schedule = slow.schedule();
    Thread round = new Thread(schedule::tick);

    round.start();
    Awaitility.await().until(schedule::isCurrent);
    assertThat(ledger.of(OTHER)).isEmpty();

    goOn.countDown();
    round.join();
    assertThat(ledger.of(OTHER)).hasSize(1);
  }

  @Test
  void tellsHowLongThePeriodWithoutAnEntryIsOver() {
    RoundSchedule schedule = worker.schedule();
    chains.evaluation(TENANT, 1);
    schedule.tick();
    assertThat(schedule.lagSeconds()).isZero();

    refused.set("append PERIOD_CLOSED");
    chains.at("2026-11-23T11:00:30Z");
    schedule.tick();
    assertThat(schedule.lagSeconds()).isEqualTo(30);

    chains.at("2026-11-23T11:01:00Z");
    assertThat(schedule.lagSeconds()).isEqualTo(60);

    refused.set("");
    schedule.tick();
    assertThat(schedule.lagSeconds()).isZero();
  }

  @Test
  void startsNoRoundOnceTheProcessIsEnding() throws InterruptedException {
    RoundSchedule schedule = worker.schedule();

    schedule.end(new ShutdownEvent());
    chains.evaluation(TENANT, 1).at("2026-11-23T11:00:30Z");
    schedule.tick();

    assertThat(ledger.of(TENANT)).isEmpty();
  }

  @Test
  void waitsForTheRoundUnderWayBeforeTheProcessEnds() throws InterruptedException {
    CountDownLatch inTheTurn = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Worker slow =
        new Worker(chains, ledger)
            .watched(
                new Steps() {
                  @Override
                  public void before(String call) {
                    if (call.equals("append PERIOD_CLOSED")) {
                      inTheTurn.countDown();
                      await(goOn);
                    }
                  }
                });
    chains.evaluation(TENANT, 1).at("2026-11-23T11:00:30Z");
    RoundSchedule schedule = slow.schedule();
    Thread round = new Thread(schedule::tick);
    round.start();
    inTheTurn.await();
    Thread release = new Thread(goOn::countDown);

    release.start();
    schedule.end(new ShutdownEvent());

    assertThat(ledger.of(TENANT)).hasSize(1).allMatch(entry -> entry.reported() != null);
    round.join();
    release.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
