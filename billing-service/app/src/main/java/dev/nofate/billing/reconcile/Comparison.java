package dev.nofate.billing.reconcile;

import dev.nofate.billing.contract.Recount;
import dev.nofate.billing.ledger.Entry;
import dev.nofate.gate.contract.EvaluationCountsApi.Answered;

/**
 * How an entry compares with what its chain range holds now.
 *
 * @param evaluations whether answers, response_emitted, usage_recorded and the entry's number of
 *     evaluations are not all the same
 * @param units whether a unit of the entry is not the range's
 * @param hash whether the range's last event is not the one that the entry was filed with
 * @param end whether an answer stands behind the end of the log
 */
record Comparison(boolean evaluations, boolean units, boolean hash, boolean end) {

  static Comparison of(Entry entry, Recount recount, Answered answered) {
    long recorded = recount.units().evaluations();
    return new Comparison(
        answered.evaluations() != recorded
            || recount.responsesEmitted() != recorded
            || entry.units().evaluations() != recorded,
        !entry.units().equals(recount.units()),
        !entry.lastHash().equals(recount.lastHash()),
        isBehind(answered));
  }

  boolean differs() {
    return evaluations || units || hash || end;
  }

  /** An answer is logged before it is stored, and its place was read before the log's end. */
  private static boolean isBehind(Answered answered) {
    return answered.lastPlace() != null
        && answered.logEnd() != null
        && answered.lastPlace() > answered.logEnd();
  }
}
