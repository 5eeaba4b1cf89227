package dev.nofate.gate.tally;

import dev.nofate.gate.contract.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.OptionalLong;

/** A count that grows, guarded by whoever holds it. */
final class Count {

  /** What is counted together: a row of {@code evaluation_hours}. */
  record Key(TenantId tenant, Instant hour, String state, String gate, String code)
      implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparing((Key key) -> key.tenant().value())
            .thenComparing(Key::hour)
            .thenComparing(Key::state)
            .thenComparing(Key::gate)
            .thenComparing(Key::code);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private long evaluations;
  private final Long[] durations = zeros(Buckets.DURATION_MICROS.size());
  private final Long[] ages = zeros(Buckets.AGE_MS.size());

  Count add(OptionalLong durationMicros, OptionalLong ageMs) {
    evaluations++;
    durationMicros.ifPresent(micros -> durations[Buckets.DURATION_MICROS.of(micros)]++);
    ageMs.ifPresent(ms -> ages[Buckets.AGE_MS.of(ms)]++);
    return this;
  }

  Count plus(Count other) {
    evaluations += other.evaluations;
    for (int i = 0; i < durations.length; i++) {
      durations[i] += other.durations[i];
    }
    for (int i = 0; i < ages.length; i++) {
      ages[i] += other.ages[i];
    }
    return this;
  }

  long evaluations() {
    return evaluations;
  }

  Long[] durations() {
    return durations.clone();
  }

  Long[] ages() {
    return ages.clone();
  }

  private static Long[] zeros(int size) {
    Long[] zeros = new Long[size];
    java.util.Arrays.fill(zeros, 0L);
    return zeros;
  }
}
