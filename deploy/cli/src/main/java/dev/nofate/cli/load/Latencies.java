package dev.nofate.cli.load;

import java.util.Arrays;

/** Durations of requests, all of them kept, up to a bound. Not for several threads at once. */
final class Latencies {

  /** 16 million, 128 MiB: more than an hour at 4,000 a second. */
  static final int MAX_SAMPLES = 16 * 1024 * 1024;

  private static final int FIRST_CAPACITY = 4_096;

  private long[] nanos = new long[FIRST_CAPACITY];
  private int count;

  void add(long durationNanos) {
    if (count == nanos.length) {
      if (count == MAX_SAMPLES) {
        throw new IllegalStateException("more than " + MAX_SAMPLES + " samples");
      }
      nanos = Arrays.copyOf(nanos, Math.min(MAX_SAMPLES, 2 * count));
    }
    nanos[count++] = durationNanos;
  }

  void addAll(Latencies others) {
    for (int i = 0; i < others.count; i++) {
      add(others.nanos[i]);
    }
  }

  int count() {
    return count;
  }

  /** The share of all that lasted at most so long, from 0 to 1; 0 without samples. */
  double shareWithin(long durationNanos) {
    long within = Arrays.stream(nanos, 0, count).filter(each -> each <= durationNanos).count();
    return count == 0 ? 0 : (double) within / count;
  }

  /**
   * The nearest-rank percentile: the smallest duration that at least this share of all does not
   * exceed.
   *
   * @param percent above 0, at most 100
   * @return in milliseconds; 0 without samples
   */
  double percentileMillis(double percent) {
    if (percent <= 0 || percent > 100) {
      throw new IllegalArgumentException("a percentile lies above 0 and not above 100");
    }
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * count);
    return sorted[rank - 1] / 1e6;
  }
}
