package dev.nofate.kit.rhythm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RhythmTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration OFTEN = Duration.ofMillis(1);

  @Test
  void goesOnAfterWorkThatFailed() throws InterruptedException {
    CountDownLatch third = new CountDownLatch(3);
    Rhythm rhythm =
        new Rhythm(
            "test",
            OFTEN,
            () -> {
              third.countDown();
              throw new IllegalStateException("expected");
            });

    rhythm.start();

    third.await();
    assertThat(rhythm.end(PATIENCE)).isTrue();
  }

  @Test
  void waitsForWhatIsUnderWayAndStartsNothingBehindIt() throws InterruptedException {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger starts = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    Rhythm rhythm =
        new Rhythm(
            "test",
            OFTEN,
            () -> {
              starts.incrementAndGet();
              working.countDown();
              awaitQuietly(goOn);
              done.set(true);
            });
    rhythm.start();
    working.await();

    assertThat(rhythm.end(Duration.ofMillis(10))).isFalse();
    goOn.countDown();

    assertThat(rhythm.end(PATIENCE)).isTrue();
    assertThat(done).isTrue();
    assertThat(starts).hasValue(1);
  }

  @Test
  void endsAtOnceBetweenTwoStarts() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Rhythm rhythm = new Rhythm("test", Duration.ofDays(1), started::countDown);
    rhythm.start();
    started.await();

    assertThat(rhythm.end(PATIENCE)).isTrue();
  }

  @Test
  void endsWithoutHavingBegun() throws InterruptedException {
    assertThat(new Rhythm("test", OFTEN, () -> {}).end(PATIENCE)).isTrue();
  }

  @Test
  void refusesATimeThatIsNone() {
    assertThatThrownBy(() -> new Rhythm("test", Duration.ZERO, () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
