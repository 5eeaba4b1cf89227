package dev.nofate.meter.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.call.Calls;
import dev.nofate.meter.fixture.FakeChains;
import dev.nofate.meter.fixture.Killed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainCursorTest {

  private static final TenantId TENANT = TenantId.of("6b1f0000-0000-4000-8000-000000000001");

  private final FakeChains chains = new FakeChains(3);
  private final Killed.At calls = Killed.At.never();
  private final ChainLog log =
      new ChainLog(chains.api(calls), new Calls(() -> Duration.ofSeconds(5)));

  @Test
  void walksPageByPageToTheKnownHeadAndAsksNoFurther() {
    record(7);
    ChainCursor cursor = new ChainCursor(log, TENANT, 0, 7, 10);

    assertThat(walk(cursor)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(calls.passed()).filteredOn("before events"::equals).hasSize(3);
    assertThat(cursor.isSpent()).isFalse();
  }

  @Test
  void asksNothingWhenItStandsAtTheHead() {
    record(2);

    assertThat(walk(new ChainCursor(log, TENANT, 2, 2, 10))).isEmpty();
    assertThat(calls.passed()).isEmpty();
  }

  @Test
  void goesOnOnceItLearnsOfMore() {
    record(2);
    ChainCursor cursor = new ChainCursor(log, TENANT, 0, 2, 10);
    assertThat(walk(cursor)).containsExactly(1L, 2L);

    record(2);
    cursor.extendTo(4);

    assertThat(walk(cursor)).containsExactly(3L, 4L);
  }

  @Test
  void stopsWhenItsPagesAreSpent() {
    record(7);
    ChainCursor cursor = new ChainCursor(log, TENANT, 0, 7, 2);

    assertThat(walk(cursor)).hasSize(6);
    assertThat(cursor.isSpent()).isTrue();
  }

  @Test
  void peekingTwiceShowsTheSameEvent() {
    record(1);
    ChainCursor cursor = new ChainCursor(log, TENANT, 0, 1, 1);

    assertThat(cursor.peek()).isEqualTo(cursor.peek()).isPresent();
    assertThat(cursor.isSpent()).isFalse();
  }

  @Test
  void refusesAChainThatEndsBeforeItsHead() {
    record(2);
    ChainCursor cursor = new ChainCursor(log, TENANT, 0, 5, 10);

    assertThatThrownBy(() -> walk(cursor))
        .isInstanceOf(BrokenChainException.class)
        .hasMessage("the chain ends at 2, before its head 5");
  }

  private void record(int events) {
    for (int i = 0; i < events; i++) {
      chains.add(TENANT, EventType.GATE_PASSED, Map.of());
    }
  }

  private static List<Long> walk(ChainCursor cursor) {
    List<Long> seqs = new ArrayList<>();
    for (Optional<ChainEvent> next = cursor.peek(); next.isPresent(); next = cursor.peek()) {
      seqs.add(next.get().seq());
      cursor.pass();
    }
    return seqs;
  }
}
