package dev.nofate.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallerCacheTest {

  private static final Duration TTL = Duration.ofSeconds(20);
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void aCallerIsRememberedForTheTimeThatIsSetAndNeverPastItsEnd() {
    assertThat(CallerCache.remaining(caller(null), TTL, NOW)).isEqualTo(TTL);
    assertThat(CallerCache.remaining(caller(NOW.plusSeconds(60)), TTL, NOW)).isEqualTo(TTL);
    assertThat(CallerCache.remaining(caller(NOW.plusSeconds(7)), TTL, NOW))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(CallerCache.remaining(caller(NOW.minusSeconds(1)), TTL, NOW)).isZero();
  }

  @Test
  void whoIsKnownIsNotAskedForAgainUntilTheCacheForgets() {
    CallerCache cache = cache();
    AtomicInteger asked = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      assertThat(ask(cache, Optional.of(caller(null)), asked)).isPresent();
    }
    assertThat(asked).hasValue(1);
    cache.clear();
    assertThat(ask(cache, Optional.empty(), asked)).isEmpty();
    assertThat(asked).hasValue(2);
  }

  @Test
  void whoIsUnknownIsAskedForEachTime() {
    CallerCache cache = cache();
    AtomicInteger asked = new AtomicInteger();
    ask(cache, Optional.empty(), asked);
    ask(cache, Optional.empty(), asked);
    assertThat(asked).hasValue(2);
  }

  @Test
  void theTextOfACallerShowsNoToken() {
    Caller person =
        new Caller(
            TenantId.OPERATOR,
            UUID.randomUUID(),
            Set.of(Scope.ADMIN),
            true,
            null,
            java.util.List.of("planted"));
    assertThat(person.session()).isTrue();
    assertThat(person.toString()).doesNotContain("planted");
  }

  private static Optional<Caller> ask(
      CallerCache cache, Optional<Caller> answer, AtomicInteger asked) {
    return cache
        .get(
            "nf_test_key",
            key -> {
              asked.incrementAndGet();
              return Uni.createFrom().item(answer);
            })
        .await()
        .indefinitely();
  }

  private static Caller caller(Instant end) {
    return Caller.key(TenantId.OPERATOR, UUID.randomUUID(), Set.of(Scope.EVALUATE), false, end);
  }

  private static CallerCache cache() {
    return new CallerCache(
        new CallerCacheConfig() {
          @Override
          public Duration ttl() {
            return TTL;
          }

          @Override
          public int size() {
            return 10;
          }
        });
  }
}
