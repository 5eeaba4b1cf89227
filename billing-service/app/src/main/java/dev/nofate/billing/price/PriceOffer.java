package dev.nofate.billing.price;

import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A version to add to the price book; prices in 10⁻⁹ US dollars.
 *
 * @param tenantId the one tenant it is for; absent for everybody without prices of its own
 * @param effectiveFrom a full hour that has not begun, RFC 3339 UTC
 * @param nanousdPerMibIn per MiB (1,048,576 bytes) of requests, behind the last tier
 * @param nanousdPerMibOut per MiB of answers
 * @param nanousdPerGate per gate executed
 * @param nanousdPerAuditEvent per audit event
 * @param tiers quantities a month with prices of their own; absent for none
 */
public record PriceOffer(
    TenantId tenantId,
    String effectiveFrom,
    Long nanousdPerMibIn,
    Long nanousdPerMibOut,
    Long nanousdPerGate,
    Long nanousdPerAuditEvent,
    Tiers tiers) {

  private static final int MOST_TIERS = 20;

  /**
   * The offer as a version whose number is not known yet.
   *
   * @throws ProblemException 400 with every fault at once
   */
  Prices read() {
    List<String> faults = new ArrayList<>();
    Instant from = hour(faults);
    price(nanousdPerMibIn, "nanousd_per_mib_in", faults);
    price(nanousdPerMibOut, "nanousd_per_mib_out", faults);
    price(nanousdPerGate, "nanousd_per_gate", faults);
    price(nanousdPerAuditEvent, "nanousd_per_audit_event", faults);
    Tiers told = tiers == null ? Tiers.NONE : tiers;
    tiers(told.bytesIn(), "bytes_in", faults);
    tiers(told.bytesOut(), "bytes_out", faults);
    tiers(told.gatesExecuted(), "gates_executed", faults);
    tiers(told.auditWrites(), "audit_writes", faults);
    if (!faults.isEmpty()) {
      throw new ProblemException(
          Problem.of(ErrorCode.BAD_REQUEST, "The prices are not well-formed").withErrors(faults));
    }
    return new Prices(
        0,
        tenantId,
        from,
        new Tariff(told.bytesIn(), nanousdPerMibIn),
        new Tariff(told.bytesOut(), nanousdPerMibOut),
        new Tariff(told.gatesExecuted(), nanousdPerGate),
        new Tariff(told.auditWrites(), nanousdPerAuditEvent));
  }

  private Instant hour(List<String> faults) {
    try {
      Instant time = Rfc3339.parse(effectiveFrom);
      if (time.truncatedTo(ChronoUnit.HOURS).equals(time)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Told below, like a time within an hour.
    }
    faults.add("effective_from is not a full hour in RFC 3339 UTC");
    return null;
  }

  private static void price(Long price, String member, List<String> faults) {
    if (price == null || !isCount(price)) {
      faults.add(member + " is not a whole number from 0 to 2^53-1");
    }
  }

  private static void tiers(List<Tier> tiers, String member, List<String> faults) {
    if (tiers.size() > MOST_TIERS) {
      faults.add("tiers." + member + " has more than " + MOST_TIERS + " tiers");
    }
    long before = 0;
    for (Tier tier : tiers) {
      if (tier.upTo() <= before || !isCount(tier.upTo()) || !isCount(tier.nanousd())) {
        faults.add("tiers." + member + " is not a rising sequence of whole numbers up to 2^53-1");
        return;
      }
      before = tier.upTo();
    }
  }

  private static boolean isCount(long number) {
    return number >= 0 && number <= Rating.LARGEST;
  }
}
