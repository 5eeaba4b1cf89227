package dev.nofate.billing.contract;

/** Whether an account may have evaluations decided. */
public enum Standing {
  /** Everything is served. */
  ACTIVE,
  /** A payment failed; everything is served until the grace period ends. */
  GRACE,
  /** Evaluations answer 402; reads go on. */
  SUSPENDED
}
