package dev.nofate.billing.standing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.account.AccountState;
import dev.nofate.billing.account.AccountState.Active;
import dev.nofate.billing.account.AccountState.Grace;
import dev.nofate.billing.account.AccountState.Suspended;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StandingRulesTest {

  private static final Duration THREE_DAYS = Duration.ofDays(3);
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Grace GRACE = new Grace(NOW, NOW.plus(THREE_DAYS));

  static Stream<AccountState> states() {
    return Stream.of(new Active(), GRACE, new Suspended());
  }

  @Test
  void opensGraceWithTheFirstDelinquentInvoice() {
    assertThat(StandingRules.next(new Active(), true, NOW, THREE_DAYS)).isEqualTo(GRACE);
  }

  @Test
  void doesNotRestartGraceWithALaterFailure() {
    assertThat(StandingRules.next(GRACE, true, NOW.plusSeconds(86_400), THREE_DAYS))
        .isEqualTo(GRACE);
  }

  @Test
  void keepsGraceUntilItsLastInstant() {
    assertThat(StandingRules.next(GRACE, true, GRACE.until().minusNanos(1_000), THREE_DAYS))
        .isEqualTo(GRACE);
  }

  @Test
  void suspendsAtTheEndOfGrace() {
    assertThat(StandingRules.next(GRACE, true, GRACE.until(), THREE_DAYS))
        .isEqualTo(new Suspended());
  }

  @Test
  void staysSuspendedWhileAnythingIsUnpaid() {
    assertThat(StandingRules.next(new Suspended(), true, NOW, THREE_DAYS))
        .isEqualTo(new Suspended());
  }

  @ParameterizedTest
  @MethodSource("states")
  void isActiveAtOnceWhenNothingIsUnpaid(AccountState state) {
    assertThat(StandingRules.next(state, false, NOW, THREE_DAYS)).isEqualTo(new Active());
  }

  @ParameterizedTest
  @MethodSource("states")
  void changesNothingTheSecondTime(AccountState state) {
    AccountState once = StandingRules.next(state, true, NOW, THREE_DAYS);

    assertThat(StandingRules.next(once, true, NOW, THREE_DAYS)).isEqualTo(once);
  }
}
