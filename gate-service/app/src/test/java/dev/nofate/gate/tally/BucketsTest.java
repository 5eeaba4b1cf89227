package dev.nofate.gate.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketsTest {

  @Test
  void aQuantileIsTheBoundThatTheShareDoesNotExceed() {
    List<Long> counts = zeros();
    counts.set(Buckets.AGE_MS.of(90), 90L);
    counts.set(Buckets.AGE_MS.of(900), 9L);
    counts.set(Buckets.AGE_MS.of(9_000), 1L);
    assertThat(Buckets.AGE_MS.quantile(counts, 0.50)).hasValue(100);
    assertThat(Buckets.AGE_MS.quantile(counts, 0.95)).hasValue(1_000);
    assertThat(Buckets.AGE_MS.quantile(counts, 0.99)).hasValue(1_000);
    assertThat(Buckets.AGE_MS.quantile(counts, 1.0)).hasValue(10_000);
  }

  @Test
  void nothingCountedHasNoQuantile() {
    assertThat(Buckets.AGE_MS.quantile(zeros(), 0.99)).isEmpty();
  }

  @Test
  void whatExceedsTheLastBoundHasNoBound() {
    List<Long> counts = zeros();
    counts.set(Buckets.AGE_MS.of(Long.MAX_VALUE), 1L);
    assertThat(Buckets.AGE_MS.quantile(counts, 0.5)).isEmpty();
  }

  @Test
  void aBoundBelongsToItsBucket() {
    assertThat(Buckets.AGE_MS.of(0)).isZero();
    assertThat(Buckets.AGE_MS.of(100)).isEqualTo(1);
    assertThat(Buckets.AGE_MS.of(101)).isEqualTo(2);
  }

  private static List<Long> zeros() {
    return new ArrayList<>(Collections.nCopies(Buckets.AGE_MS.size(), 0L));
  }
}
