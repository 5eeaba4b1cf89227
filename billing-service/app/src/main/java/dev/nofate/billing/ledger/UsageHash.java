package dev.nofate.billing.ledger;

import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.time.Rfc3339;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The name of a ledger entry's content: {@code sha256:} and the SHA-256 of the RFC 8785 form of
 * exactly these members:
 *
 * <pre>
 * {"audit_writes","bytes_in","bytes_out","cost_nanousd","entry_no","evaluations","first_seq",
 *  "gates_executed","last_hash","last_seq","period_end","period_start","price_version","tenant","v":1}
 * </pre>
 *
 * <p>Times are RFC 3339 UTC with six fraction digits, numbers are integers up to 2<sup>53</sup>−1,
 * {@code tenant} is a lower-case UUID. When an entry was filed and what was reported is not in it:
 * it is a function of the chain range, the period and the prices, and the identifier under which
 * the entry is reported.
 */
final class UsageHash {

  private UsageHash() {}

  static String of(Draft draft, long entryNo, long priceVersion, long costNanousd) {
    UsageUnits units = draft.units();
    // No value holds a character that JSON escapes: counts, hexadecimal digits, times, a UUID.
    String members =
        String.format(
            Locale.ROOT,
            """
            {"v":1,"tenant":"%s","entry_no":%d,"period_start":"%s","period_end":"%s",
             "first_seq":%d,"last_seq":%d,"last_hash":"%s","evaluations":%d,"bytes_in":%d,
             "bytes_out":%d,"gates_executed":%d,"audit_writes":%d,"price_version":%d,"cost_nanousd":%d}
            """,
            draft.tenant(),
            entryNo,
            Rfc3339.text(draft.periodStart()),
            Rfc3339.text(draft.periodEnd()),
            draft.firstSeq(),
            draft.lastSeq(),
            draft.lastHash(),
            units.evaluations(),
            units.bytesIn(),
            units.bytesOut(),
            units.gatesExecuted(),
            units.auditWrites(),
            priceVersion,
            costNanousd);
    return "sha256:" + HexFormat.of().formatHex(sha256(canonical(members)));
  }

  private static byte[] canonical(String json) {
    try {
      return new JsonCanonicalizer(json).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
