package dev.nofate.gate.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalQuotasTest {

  private static final Quota TENANT = Quota.of("tenant", "t", 6, 100);

  private Instant now = Instant.parse("2026-11-23T10:00:00Z");
  private final LocalQuotas quotas = new LocalQuotas(() -> now, new Config());

  @Test
  void aMinutesQuotaPassesAtOnceAndThenAUnitComesAtATime() {
    for (int i = 0; i < 6; i++) {
      assertThat(take(1, TENANT).exceeded()).isFalse();
    }
    Ticket refused = take(1, TENANT);
    assertThat(refused.exceeded()).isTrue();
    assertThat(refused.retrySeconds()).isEqualTo(10);

    now = now.plusMillis(9_999);
    assertThat(take(1, TENANT).exceeded()).isTrue();
    now = now.plusMillis(1);
    assertThat(take(1, TENANT).exceeded()).isFalse();
    assertThat(take(1, TENANT).exceeded()).isTrue();
  }

  @Test
  void whatIsRefusedTakesNothing() {
    take(5, TENANT);
    assertThat(take(2, TENANT).exceeded()).isTrue();
    Ticket last = take(1, TENANT);
    assertThat(last.exceeded()).isFalse();
    assertThat(last.levels().get(0).remaining()).isZero();
    assertThat(last.levels().get(0).fullMs()).isEqualTo(60_000);
  }

  @Test
  void aBurstBelowTheMinutesQuotaIsSpreadOverTheMinute() {
    Quota spread = Quota.of("tenant", "s", 60, 10);
    assertThat(take(6, spread).exceeded()).isFalse();
    assertThat(take(1, spread).exceeded()).isTrue();
    now = now.plus(Duration.ofSeconds(1));
    assertThat(take(1, spread).exceeded()).isFalse();
  }

  @Test
  void aKeyBeyondItsShareIsRefusedAndLeavesTheRestToOthers() {
    Quota one = Quota.of("key", "t:one", 3, 100);
    Quota other = Quota.of("key", "t:other", 3, 100);
    assertThat(take(3, TENANT, one).exceeded()).isFalse();
    assertThat(take(1, TENANT, one).exceeded()).isTrue();
    assertThat(take(3, TENANT, other).exceeded()).isFalse();
    assertThat(take(1, TENANT).exceeded()).isTrue();
  }

  @Test
  void aCostBeyondTheCapacityNeedsAllOfItAndIsADebt() {
    take(1, TENANT);
    assertThat(take(60, TENANT).exceeded()).isTrue();
    now = now.plus(Duration.ofSeconds(10));
    assertThat(take(60, TENANT).exceeded()).isFalse();
    // Ten minutes' worth is gone, so the next unit is there when nine and one sixth have passed.
    assertThat(take(1, TENANT).waitMs()).isEqualTo(550_000);
  }

  @Test
  void bytesWeighFromTheFirstBeyondEachPiece() {
    assertThat(cost(0)).isEqualTo(1);
    assertThat(cost(65_536)).isEqualTo(1);
    assertThat(cost(65_537)).isEqualTo(2);
    assertThat(cost(1_048_576)).isEqualTo(16);
  }

  private static long cost(long bytes) {
    return new Demand(null, List.of(), 1, bytes).cost(65_536);
  }

  private Ticket take(long cost, Quota... of) {
    return quotas.take(List.of(of), cost);
  }

  private record Config() implements RateLimitConfig {
    @Override
    public int perMinute() {
      return 100;
    }

    @Override
    public int burstPercent() {
      return 100;
    }

    @Override
    public int keyPercent() {
      return 100;
    }

    @Override
    public MemorySize bytesPerUnit() {
      return new MemorySize(BigInteger.valueOf(65_536));
    }

    @Override
    public Duration tenantLimitTtl() {
      return Duration.ofSeconds(30);
    }

    @Override
    public Duration runningTtl() {
      return Duration.ofSeconds(10);
    }

    @Override
    public Duration releaseWithin() {
      return Duration.ofMillis(250);
    }

    @Override
    public Duration hintTtl() {
      return Duration.ofHours(24);
    }

    @Override
    public int localTenants() {
      return 1_000;
    }
  }
}
