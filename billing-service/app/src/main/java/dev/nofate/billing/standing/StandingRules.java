package dev.nofate.billing.standing;

import dev.nofate.billing.account.AccountState;
import dev.nofate.billing.account.AccountState.Active;
import dev.nofate.billing.account.AccountState.Grace;
import dev.nofate.billing.account.AccountState.Suspended;
import java.time.Duration;
import java.time.Instant;

/**
 * How the standing follows from what is unpaid. A pure function of the state, of whether any
 * invoice is delinquent, and of the time.
 *
 * <pre>
 *            first delinquent invoice              grace period over
 *   ACTIVE ───────────────────────────▶ GRACE ─────────────────────▶ SUSPENDED
 *      ▲                                  │                              │
 *      └──────────────────────────────────┴──────────────────────────────┘
 *                         no delinquent invoice remains
 * </pre>
 *
 * <p>A grace period starts when the first failure is observed here and is not restarted by a later
 * one; it starts anew only after everything was paid in between.
 */
public final class StandingRules {

  private StandingRules() {}

  /**
   * The state that follows.
   *
   * @param delinquent whether any invoice of the account is delinquent
   * @param now the time of the one clock that decides
   * @param grace length of a grace period that starts now
   */
  public static AccountState next(
      AccountState state, boolean delinquent, Instant now, Duration grace) {
    if (!delinquent) {
      return new Active();
    }
    if (state instanceof Active) {
      return new Grace(now, now.plus(grace));
    }
    if (state instanceof Grace running && !now.isBefore(running.until())) {
      return new Suspended();
    }
    return state;
  }
}
