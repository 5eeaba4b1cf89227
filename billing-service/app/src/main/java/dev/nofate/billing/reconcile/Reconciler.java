package dev.nofate.billing.reconcile;

import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.reconcile.Check.Figure;
import dev.nofate.billing.reconcile.Check.Verdict;
import dev.nofate.billing.reconcile.Facts.End;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Compares what is known of a period. Pure. */
final class Reconciler {

  private static final String GATE = "gate-service: answers stored with a place in the chain range";
  private static final String CHAIN = "audit-service: events of the entries' chain ranges";
  private static final String LEDGER = "billing-service: usage_ledger";
  private static final String REPORTS = "billing-service: usage_reports";
  private static final String INVOICES = "Stripe: lines of finalised invoices";

  private Reconciler() {}

  static List<Check> checks(Facts facts, boolean month) {
    List<Check> checks = new ArrayList<>();
    checks.add(evaluations(facts));
    checks.add(unit("bytes_in", facts, UsageUnits::bytesIn));
    checks.add(unit("bytes_out", facts, UsageUnits::bytesOut));
    checks.add(unit("gates_executed", facts, UsageUnits::gatesExecuted));
    checks.add(unit("audit_writes", facts, UsageUnits::auditWrites));
    checks.add(range(facts));
    checks.add(hash(facts));
    if (facts.counted().end() != null) {
      checks.add(end(facts.counted().end()));
    }
    checks.add(cost(facts));
    checks.add(reported(facts));
    checks.add(metered(facts));
    if (month) {
      checks.add(invoiced(facts));
    }
    return checks;
  }

  /** Different when one check is; not observed when one is not; equal when all are. */
  static Verdict verdict(List<Check> checks) {
    for (Verdict worst : List.of(Verdict.DIFFERENT, Verdict.NOT_OBSERVED)) {
      if (checks.stream().anyMatch(check -> check.verdict() == worst)) {
        return worst;
      }
    }
    return Verdict.EQUAL;
  }

  private static Check evaluations(Facts facts) {
    return Check.of(
        "evaluations",
        new Figure("evaluations_answered", counted(facts, facts.counted().answered()), GATE),
        new Figure("response_emitted", counted(facts, facts.counted().emitted()), CHAIN),
        new Figure("usage_recorded", counted(facts, facts.counted().units().evaluations()), CHAIN),
        new Figure("ledger_evaluations", facts.ledger().units().evaluations(), LEDGER));
  }

  private static Check unit(String name, Facts facts, ToLongFunction<UsageUnits> unit) {
    return Check.of(
        name,
        new Figure(
            "chain_" + name, counted(facts, unit.applyAsLong(facts.counted().units())), CHAIN),
        new Figure("ledger_" + name, unit.applyAsLong(facts.ledger().units()), LEDGER));
  }

  private static Check range(Facts facts) {
    long span =
        facts.ledger().entries() == 0
            ? 0
            : facts.ledger().lastSeq() - facts.ledger().firstSeq() + 1;
    return Check.of(
        "chain_range",
        new Figure("events_from_first_to_last", span, LEDGER),
        new Figure("events_entry_by_entry", facts.ledger().events(), LEDGER));
  }

  private static Check hash(Facts facts) {
    return Check.of(
        "chain_hash",
        new Figure("entries", facts.ledger().entries(), LEDGER),
        new Figure(
            "entries_with_the_chains_hash", counted(facts, facts.counted().sameHash()), CHAIN));
  }

  private static Check end(End end) {
    return Check.atMost(
        "log_end",
        new Figure(
            "last_answers_place",
            end.lastPlace(),
            "gate-service: the last place in the chain of a stored answer"),
        new Figure("log_end", end.logEnd(), "audit-service: events of the whole chain"));
  }

  private static Check cost(Facts facts) {
    return Check.of(
        "cost_nanousd",
        new Figure("carried_in_and_cost", facts.dueNanousd(), LEDGER),
        new Figure(
            "reported_and_carried_out",
            reported(
                facts,
                Math.addExact(
                    Math.multiplyExact(facts.ledger().reportedCents(), Facts.NANOUSD_PER_CENT),
                    facts.carriedOut())),
            REPORTS));
  }

  private static Check reported(Facts facts) {
    return Check.of(
        "reported_cents",
        new Figure("due_cents", facts.dueNanousd() / Facts.NANOUSD_PER_CENT, LEDGER),
        new Figure("reported_cents", reported(facts, facts.ledger().reportedCents()), REPORTS));
  }

  private static Check metered(Facts facts) {
    return Check.of(
        "counted_by_stripe",
        new Figure("entries_reported", facts.ledger().reports(), REPORTS),
        new Figure(
            "entries_not_refused_afterwards",
            facts.ledger().reports() - facts.billed().refused(),
            "billing-service: Stripe's meter error reports"));
  }

  private static Check invoiced(Facts facts) {
    return Check.of(
        "invoiced_cents",
        new Figure("reported_cents", reported(facts, facts.billed().reportedCents()), REPORTS),
        new Figure(
            "invoiced_cents",
            facts.billed().isComplete()
                ? facts.billed().meteredCents() + facts.billed().itemCents()
                : null,
            INVOICES));
  }

  private static Long counted(Facts facts, long value) {
    return facts.isCounted() ? value : null;
  }

  private static Long reported(Facts facts, long value) {
    return facts.isReported() ? value : null;
  }
}
