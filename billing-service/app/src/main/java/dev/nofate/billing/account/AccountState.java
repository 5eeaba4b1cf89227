package dev.nofate.billing.account;

import dev.nofate.billing.contract.Standing;
import java.time.Instant;

/** Whether an account may have evaluations decided, and until when. */
public sealed interface AccountState {

  /** The same in the word that other services know. */
  Standing standing();

  /** End of the grace period; null unless in grace. */
  default Instant graceUntil() {
    return null;
  }

  /** Everything is paid as far as is known. */
  record Active() implements AccountState {
    @Override
    public Standing standing() {
      return Standing.ACTIVE;
    }
  }

  /**
   * A payment failed; everything is served for a while.
   *
   * @param since when the first failure was observed here
   * @param until when the account is suspended unless everything is paid
   */
  record Grace(Instant since, Instant until) implements AccountState {
    public Grace {
      if (!since.isBefore(until)) {
        throw new IllegalArgumentException("a grace period has a length");
      }
    }

    @Override
    public Standing standing() {
      return Standing.GRACE;
    }

    @Override
    public Instant graceUntil() {
      return until;
    }
  }

  /** The grace period is over and something is still unpaid. */
  record Suspended() implements AccountState {
    @Override
    public Standing standing() {
      return Standing.SUSPENDED;
    }
  }
}
