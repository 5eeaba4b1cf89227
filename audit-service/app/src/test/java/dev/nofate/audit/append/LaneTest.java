package dev.nofate.audit.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.audit.append.Lane.Offer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LaneTest {

  private final Lane lane = new Lane();

  @Test
  void letsTheFirstStartAndTheOthersWait() {
    assertThat(offer(1)).isEqualTo(Offer.STARTS);
    assertThat(offer(1)).isEqualTo(Offer.WAITS);
    assertThat(lane.take(10)).hasSize(2);
    assertThat(offer(1)).isEqualTo(Offer.WAITS);
  }

  @Test
  void startsAnewAfterItWasEmpty() {
    offer(1);
    lane.take(10);
    assertThat(lane.stopWhenEmpty()).isTrue();
    assertThat(lane.isIdle()).isTrue();
    assertThat(offer(1)).isEqualTo(Offer.STARTS);
    assertThat(lane.isIdle()).isFalse();
  }

  @Test
  void doesNotStopWhileSomethingWaits() {
    offer(1);
    assertThat(lane.stopWhenEmpty()).isFalse();
    assertThat(offer(1)).isEqualTo(Offer.WAITS);
  }

  @Test
  void fillsABatchUpToItsEventsButNeverSplitsAnAppend() {
    offer(6);
    offer(4);
    offer(1);
    assertThat(lane.take(10)).hasSize(2);
    assertThat(lane.take(10)).hasSize(1);
    offer(11);
    assertThat(lane.take(10)).hasSize(1);
  }

  @Test
  void refusesMoreThanMayWait() {
    for (int i = 0; i < 3; i++) {
      assertThat(offer(1)).isNotEqualTo(Offer.FULL);
    }
    assertThat(offer(1)).isEqualTo(Offer.FULL);
  }

  @Test
  void countsAndKeepsTogetherWhatOneRequestBrought() {
    Draft draft = Replica.draft(new UUID(1, 1), UUID.randomUUID(), 1);

    assertThat(lane.offer(Group.of(List.of(draft, draft, draft, draft)), 3)).isEqualTo(Offer.FULL);
    assertThat(lane.offer(Group.of(List.of(draft, draft, draft)), 3)).isEqualTo(Offer.STARTS);
    assertThat(offer(1)).isEqualTo(Offer.FULL);
    assertThat(lane.take(2)).hasSize(1).first().extracting(Group::size).isEqualTo(3);
    assertThat(offer(1)).isEqualTo(Offer.WAITS);
  }

  private Offer offer(int events) {
    Draft draft = Replica.draft(new UUID(1, 1), UUID.randomUUID(), events);
    return lane.offer(Group.of(List.of(draft)), 3);
  }
}
