package dev.nofate.billing.postgres;

import java.util.Locale;

/**
 * Why rows of more than one tenant are read. Each has policies of its own in the database, which
 * open the tables and commands that it is about and no others; what is written for a tenant is
 * written as that tenant.
 */
public enum Purpose {
  /** Whose customer or invoice the payment provider speaks of. */
  CUSTOMERS,
  /** How much does not add up, as numbers without a tenant in them. */
  DIFFERENCES,
  /** Accounts whose grace period is over. */
  GRACES,
  /** Reports that wait for an operator. */
  HELD_REPORTS,
  /** Entries that the provider's meter did not count. */
  METER_FAULTS,
  /** Audit events that are owed to the log. */
  OUTBOX,
  /** Whose invoices are looked at next. */
  POLL,
  /** The price book, which numbers everybody's versions in one row. */
  PRICES,
  /** Ledger entries whose chain range is counted anew. */
  RECOUNTS;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
