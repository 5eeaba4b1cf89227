package dev.nofate.gate.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.standin.GateTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same quotas as one script in Redis, shared by all replicas. */
@GateTest
class QuotasInRedisIT {

  @Inject RedisAdmission redis;

  private final TenantId tenant = new TenantId(UUID.randomUUID());
  private final String key = "nofate:rate:{" + tenant + "}";

  @Test
  void aQuotaPassesAtOnceAndThenAUnitComesAtATime() {
    Quota quota = Quota.of("tenant", key, 120, 5);
    int passed = 0;
    Ticket refused = take(1, quota);
    while (!refused.exceeded()) {
      assertThat(refused.hints().values()).containsExactly(Ticket.Hint.FRESH);
      passed++;
      refused = take(1, quota);
    }
    assertThat(passed).isBetween(6, 60);
    assertThat(refused.waitMs()).isBetween(1L, 500L);
    assertThat(refused.hints()).isEmpty();
    await().atMost(Duration.ofSeconds(10)).until(() -> !take(1, quota).exceeded());
  }

  @Test
  void aKeyBeyondItsShareIsRefusedAndTakesNothingOfTheTenants() {
    Quota all = Quota.of("tenant", key, 6, 100);
    Quota one = Quota.of("key", key + ":one", 3, 100);
    Quota other = Quota.of("key", key + ":other", 3, 100);
    assertThat(take(3, all, one).levels())
        .extracting(Ticket.Level::remaining)
        .containsExactly(3L, 0L);
    assertThat(take(1, all, one).exceeded()).isTrue();
    assertThat(take(3, all, other).exceeded()).isFalse();
    assertThat(take(1, all).exceeded()).isTrue();
  }

  @Test
  void aCostBeyondTheCapacityNeedsAllOfItAndIsADebt() {
    Quota quota = Quota.of("tenant", key, 6, 100);
    assertThat(take(60, quota).exceeded()).isFalse();
    assertThat(take(1, quota).waitMs()).isBetween(500_000L, 550_000L);
  }

  @Test
  void bytesAreUnits() {
    Quota quota = Quota.of("tenant", key, 20, 100);
    UUID evaluation = UUID.randomUUID();
    Ticket ticket = admit(new Demand(caller(), List.of(evaluation), 1, 1_048_576), quota);
    assertThat(ticket.levels().get(0).remaining()).isEqualTo(4);
  }

  private Ticket take(int requests, Quota... quotas) {
    return admit(new Demand(caller(), List.of(UUID.randomUUID()), requests, 0), quotas);
  }

  private Ticket admit(Demand demand, Quota... quotas) {
    return redis.admit(demand, List.of(quotas)).await().atMost(Duration.ofSeconds(10));
  }

  private Caller caller() {
    return Caller.key(tenant, UUID.randomUUID(), Set.of(), false, null);
  }
}
