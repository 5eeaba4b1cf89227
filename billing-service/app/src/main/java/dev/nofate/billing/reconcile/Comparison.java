package dev.nofate.billing.reconcile;

import dev.nofate.billing.contract.Recount;
import dev.nofate.billing.ledger.Entry;

/**
 * How an entry compares with what its chain range holds now.
 *
 * @param evaluations whether answers, response_emitted, usage_recorded and the entry's number of
 *     evaluations are not all the same
 * @param units whether a unit of the entry is not the range's
 * @param hash whether the range's last event is not the one that the entry was filed with
 */
record Comparison(boolean evaluations, boolean units, boolean hash) {

  static Comparison of(Entry entry, Recount recount, long answered) {
    long recorded = recount.units().evaluations();
    return new Comparison(
        answered != recorded
            || recount.responsesEmitted() != recorded
            || entry.units().evaluations() != recorded,
        !entry.units().equals(recount.units()),
        !entry.lastHash().equals(recount.lastHash()));
  }

  boolean differs() {
    return evaluations || units || hash;
  }
}
