package dev.nofate.cli.verify;

import dev.nofate.cli.verify.LedgerProof.LedgerEntry;
import dev.nofate.cli.verify.LedgerProof.Prices;
import dev.nofate.cli.verify.LedgerProof.Tier;
import dev.nofate.cli.verify.LedgerProof.Tiers;
import dev.nofate.cli.verify.LedgerProof.Units;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * What units cost, computed here a second time, apart from the service that bills.
 *
 * <p>A byte costs 1/1,048,576 of its price a MiB. Over a whole entry, all in 1/1,048,576
 * nano-dollar: carried in + bytes in × price + bytes out × price = whole nano-dollars + carried
 * out. A price with tiers is that of a unit's place in the calendar month.
 */
final class BillFormula {

  private static final BigInteger MIB = BigInteger.valueOf(1_048_576);

  /**
   * A cost.
   *
   * @param nanousd whole nano-dollars
   * @param fraction carried to the next entry
   */
  record Cost(BigInteger nanousd, int fraction) {}

  private BillFormula() {}

  static Cost cost(Units before, Units units, Prices prices, int fractionIn) {
    Tiers tiers = prices.tiers() == null ? new Tiers(null, null, null, null) : prices.tiers();
    BigInteger[] bytes =
        BigInteger.valueOf(fractionIn)
            .add(sum(tiers.bytesIn(), prices.nanousdPerMibIn(), before.bytesIn(), units.bytesIn()))
            .add(
                sum(
                    tiers.bytesOut(),
                    prices.nanousdPerMibOut(),
                    before.bytesOut(),
                    units.bytesOut()))
            .divideAndRemainder(MIB);
    BigInteger whole =
        bytes[0]
            .add(
                sum(
                    tiers.gatesExecuted(),
                    prices.nanousdPerGate(),
                    before.gatesExecuted(),
                    units.gatesExecuted()))
            .add(
                sum(
                    tiers.auditWrites(),
                    prices.nanousdPerAuditEvent(),
                    before.auditWrites(),
                    units.auditWrites()));
    return new Cost(whole, bytes[1].intValueExact());
  }

  /** Goes through the tiers from below and takes of each what falls between before and after. */
  private static BigInteger sum(List<Tier> tiers, long beyond, long before, long units) {
    BigInteger sum = BigInteger.ZERO;
    long at = before;
    long end = Math.addExact(before, units);
    for (Tier tier : tiers == null ? List.<Tier>of() : tiers) {
      long until = Math.min(end, tier.upTo());
      if (until > at) {
        sum = sum.add(BigInteger.valueOf(until - at).multiply(BigInteger.valueOf(tier.nanousd())));
        at = until;
      }
    }
    return sum.add(BigInteger.valueOf(end - at).multiply(BigInteger.valueOf(beyond)));
  }

  /** The entry's name: SHA-256 of the RFC 8785 form of what it was computed from. */
  static String usageHash(LedgerEntry entry) {
    Map<String, Object> members =
        Map.ofEntries(
            Map.entry("v", 1),
            Map.entry("tenant", entry.tenant()),
            Map.entry("entry_no", entry.entryNo()),
            Map.entry("period_start", entry.periodStart()),
            Map.entry("period_end", entry.periodEnd()),
            Map.entry("first_seq", entry.firstSeq()),
            Map.entry("last_seq", entry.lastSeq()),
            Map.entry("last_hash", entry.lastHash()),
            Map.entry("evaluations", entry.units().evaluations()),
            Map.entry("bytes_in", entry.units().bytesIn()),
            Map.entry("bytes_out", entry.units().bytesOut()),
            Map.entry("gates_executed", entry.units().gatesExecuted()),
            Map.entry("audit_writes", entry.units().auditWrites()),
            Map.entry("price_version", entry.priceVersion()),
            Map.entry("cost_nanousd", entry.costNanousd()));
    try {
      byte[] canonical =
          new JsonCanonicalizer(dev.nofate.cli.Json.MAPPER.writeValueAsString(members))
              .getEncodedUTF8();
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("numbers and plain texts have a canonical form", e);
    }
  }
}
