package dev.nofate.billing.provider;

/** Where customers live: what is of one realm is unknown in the others. */
public enum Realm {
  /** The recorded provider; no call leaves the machine. */
  MOCK,
  /** Stripe, with a test key. */
  TEST,
  /** Stripe, with a live key. */
  LIVE
}
