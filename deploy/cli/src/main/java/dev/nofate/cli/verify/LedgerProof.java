package dev.nofate.cli.verify;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A page of {@code GET /v1/billing/proof}, as far as the bill is made of it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record LedgerProof(
    String tenantId,
    String period,
    long minorUnitNanousd,
    Units unitsBefore,
    List<Prices> prices,
    List<LedgerEntry> entries) {

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Units(
      long evaluations, long bytesIn, long bytesOut, long gatesExecuted, long auditWrites) {

    static final Units NONE = new Units(0, 0, 0, 0, 0);

    Units plus(Units more) {
      return new Units(
          Math.addExact(evaluations, more.evaluations),
          Math.addExact(bytesIn, more.bytesIn),
          Math.addExact(bytesOut, more.bytesOut),
          Math.addExact(gatesExecuted, more.gatesExecuted),
          Math.addExact(auditWrites, more.auditWrites));
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Prices(
      long version,
      String tenantId,
      String effectiveFrom,
      long nanousdPerMibIn,
      long nanousdPerMibOut,
      long nanousdPerGate,
      long nanousdPerAuditEvent,
      Tiers tiers) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Tiers(
      List<Tier> bytesIn, List<Tier> bytesOut, List<Tier> gatesExecuted, List<Tier> auditWrites) {}

  record Tier(@JsonProperty("up_to") long upTo, long nanousd) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record LedgerEntry(
      String tenant,
      long entryNo,
      String periodStart,
      String periodEnd,
      long firstSeq,
      long lastSeq,
      String lastHash,
      Units units,
      long priceVersion,
      int fractionIn,
      long costNanousd,
      int fractionOut,
      String usageHash,
      Reported reported) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Reported(long quantityCents, long carriedInNanousd, long carriedOutNanousd) {}
}
