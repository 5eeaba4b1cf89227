package dev.nofate.billing.ledger;

import dev.nofate.billing.contract.LedgerEntryDraft;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.price.Rating;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** A draft that is well-formed by itself; whether it fits the ledger is another question. */
record Draft(
    TenantId tenant,
    Instant periodStart,
    Instant periodEnd,
    long firstSeq,
    long lastSeq,
    String lastHash,
    UsageUnits units) {

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /**
   * Reads a draft filed under a tenant's address.
   *
   * @throws ProblemException 400 with every fault at once
   */
  static Draft read(TenantId address, LedgerEntryDraft draft) {
    if (draft == null) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The request had no body");
    }
    List<String> faults = new ArrayList<>();
    if (!address.equals(draft.tenant())) {
      faults.add("tenant differs from the address");
    }
    Instant start = time(draft.periodStart(), "period_start", faults);
    Instant end = time(draft.periodEnd(), "period_end", faults);
    if (start != null && end != null && !start.isBefore(end)) {
      faults.add("period_start is not before period_end");
    }
    if (draft.firstSeq() < 1 || draft.firstSeq() > draft.lastSeq() || !counts(draft.lastSeq())) {
      faults.add("first_seq and last_seq are not a range that starts at 1 or later");
    }
    if (draft.lastHash() == null || !HASH.matcher(draft.lastHash()).matches()) {
      faults.add("last_hash is not 64 lower-case hexadecimal digits");
    }
    if (!areCounts(draft.units())) {
      faults.add("units are not counts from 0 to 2^53-1");
    }
    if (!faults.isEmpty()) {
      throw new ProblemException(
          Problem.of(ErrorCode.BAD_REQUEST, "The draft is not well-formed").withErrors(faults));
    }
    return new Draft(
        address, start, end, draft.firstSeq(), draft.lastSeq(), draft.lastHash(), draft.units());
  }

  /** Whether units can stand in a ledger. */
  static boolean areCounts(UsageUnits units) {
    return units != null
        && counts(
            units.evaluations(),
            units.bytesIn(),
            units.bytesOut(),
            units.gatesExecuted(),
            units.auditWrites());
  }

  /** Whether every number can be told exactly to every JSON reader. */
  static boolean counts(long... numbers) {
    return LongStream.of(numbers).allMatch(number -> number >= 0 && number <= Rating.LARGEST);
  }

  private static Instant time(String text, String member, List<String> faults) {
    try {
      return Rfc3339.parse(text);
    } catch (DateTimeException e) {
      faults.add(member + " is not RFC 3339 in UTC with at most six fraction digits");
      return null;
    }
  }
}
