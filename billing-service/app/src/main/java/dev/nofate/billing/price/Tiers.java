package dev.nofate.billing.price;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The tiers of a version as they are told and kept; a kind of unit without tiers is left out.
 *
 * @param bytesIn of requests, priced per MiB
 * @param bytesOut of answers, priced per MiB
 * @param gatesExecuted gates
 * @param auditWrites audit events
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Tiers(
    List<Tier> bytesIn, List<Tier> bytesOut, List<Tier> gatesExecuted, List<Tier> auditWrites) {

  public Tiers {
    bytesIn = orNone(bytesIn);
    bytesOut = orNone(bytesOut);
    gatesExecuted = orNone(gatesExecuted);
    auditWrites = orNone(auditWrites);
  }

  static final Tiers NONE = new Tiers(null, null, null, null);

  static Tiers of(Prices prices) {
    return new Tiers(
        prices.bytesIn().tiers(),
        prices.bytesOut().tiers(),
        prices.gates().tiers(),
        prices.auditEvents().tiers());
  }

  private static List<Tier> orNone(List<Tier> tiers) {
    return tiers == null ? List.of() : List.copyOf(tiers);
  }
}
