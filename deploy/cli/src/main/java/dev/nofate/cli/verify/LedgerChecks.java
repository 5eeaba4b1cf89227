package dev.nofate.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.audit.chain.Entry;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.verify.LedgerProof.LedgerEntry;
import dev.nofate.cli.verify.LedgerProof.Prices;
import dev.nofate.cli.verify.LedgerProof.Reported;
import dev.nofate.cli.verify.LedgerProof.Units;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds the bill again from the chain's {@code usage_recorded} events, cent by cent. */
final class LedgerChecks implements ChainListener {

  private static final String USAGE = "usage_recorded";

  private final List<LedgerProof> pages;
  private final List<LedgerEntry> entries;
  private final Map<Long, Prices> prices = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private int at;
  private Units sum = Units.NONE;
  private Units month;
  private boolean monthKnown;
  private LedgerEntry previous;
  private long cents;
  private long reported;
  private BigInteger nanousd = BigInteger.ZERO;

  LedgerChecks(List<LedgerProof> pages) {
    this.pages = pages;
    this.entries = pages.stream().flatMap(page -> page.entries().stream()).toList();
    pages.forEach(page -> page.prices().forEach(price -> prices.put(price.version(), price)));
    this.month = pages.get(0).unitsBefore() == null ? Units.NONE : pages.get(0).unitsBefore();
    this.monthKnown = month.equals(Units.NONE);
  }

  @Override
  public void event(Entry event) {
    while (at < entries.size() && entries.get(at).lastSeq() < event.envelope().seq()) {
      differs(entries.get(at), "its range is out of order");
      at++;
    }
    if (at == entries.size() || event.envelope().seq() < entries.get(at).firstSeq()) {
      return;
    }
    LedgerEntry entry = entries.get(at);
    if (event.envelope().type().equals(USAGE)) {
      sum = sum.plus(usage(event));
    }
    if (event.envelope().seq() == entry.lastSeq()) {
      close(entry, event);
      sum = Units.NONE;
      at++;
    }
  }

  @Override
  public List<Finding> findings() {
    List<Finding> all = new ArrayList<>(findings);
    entries
        .subList(at, entries.size())
        .forEach(
            entry -> all.add(Finding.differs(name(entry), "the chain ends before its range does")));
    if (!monthKnown) {
      all.add(
          Finding.notChecked(
              "tiers", "usage of the month before the first entry is not in the proof"));
    }
    if (all.stream().noneMatch(finding -> finding.outcome() == Finding.Outcome.DIFFERS)) {
      all.add(
          0,
          Finding.holds(
              "bill",
              "%d entries of %s added again from the chain: %s nano-USD, %d cents in %d reports",
              entries.size(),
              pages.get(0).period(),
              nanousd,
              cents,
              reported));
    }
    return all;
  }

  private void close(LedgerEntry entry, Entry last) {
    demand(
        entry,
        entry.tenant().equals(last.envelope().tenant().toString()),
        "it is of another tenant");
    demand(entry, entry.lastHash().equals(last.hash().hex()), "its last hash is not the chain's");
    demand(
        entry,
        last.envelope().at().isBefore(Instant.parse(entry.periodEnd())),
        "its range ends after its period");
    demand(
        entry,
        entry.units().equals(sum),
        "its units are %s, the chain's are %s".formatted(entry.units(), sum));
    if (previous == null) {
      demand(
          entry,
          entry.entryNo() > 1 || (entry.firstSeq() == 1 && entry.fractionIn() == 0),
          "the first entry does not start at the chain's start");
    } else {
      demand(
          entry,
          entry.entryNo() == previous.entryNo() + 1 && entry.firstSeq() == previous.lastSeq() + 1,
          "it does not follow the entry before without gap or overlap");
      demand(
          entry,
          entry.fractionIn() == previous.fractionOut(),
          "the carried fraction is not that of the entry before");
    }
    cost(entry);
    month = month.plus(sum);
    previous = entry;
  }

  private void cost(LedgerEntry entry) {
    Prices price = prices.get(entry.priceVersion());
    if (price == null) {
      findings.add(
          Finding.notChecked(
              name(entry), "the proof has no prices of version %d", entry.priceVersion()));
      return;
    }
    effective(entry, price);
    BillFormula.Cost cost = BillFormula.cost(month, sum, price, entry.fractionIn());
    demand(
        entry,
        cost.nanousd().equals(BigInteger.valueOf(entry.costNanousd())),
        "it costs %d nano-USD, the chain's units cost %s"
            .formatted(entry.costNanousd(), cost.nanousd()));
    demand(entry, cost.fraction() == entry.fractionOut(), "the fraction it hands on is another");
    demand(
        entry,
        BillFormula.usageHash(entry).equals(entry.usageHash()),
        "its usage hash is another's");
    nanousd = nanousd.add(cost.nanousd());
    report(entry);
  }

  /**
   * The tenant's own prices come before everybody's, and of either kind the ones that took effect
   * last before the period. The proof names every version of the month.
   */
  private void effective(LedgerEntry entry, Prices named) {
    if (named.effectiveFrom() == null) {
      findings.add(
          Finding.notChecked(name(entry), "the proof does not say from when its prices hold"));
      return;
    }
    Instant start = Instant.parse(entry.periodStart());
    long effective =
        prices.values().stream()
            .filter(price -> price.effectiveFrom() != null)
            .filter(price -> !Instant.parse(price.effectiveFrom()).isAfter(start))
            .filter(price -> price.tenantId() == null || price.tenantId().equals(entry.tenant()))
            .max(
                Comparator.comparing((Prices price) -> price.tenantId() != null)
                    .thenComparing(price -> Instant.parse(price.effectiveFrom())))
            .map(Prices::version)
            .orElse(0L);
    demand(
        entry,
        effective == named.version(),
        "it is priced by version %d, and version %d was effective when its period started"
            .formatted(named.version(), effective));
  }

  private void report(LedgerEntry entry) {
    Reported report = entry.reported();
    if (report == null) {
      findings.add(Finding.notAsked(name(entry), "it is not reported yet"));
      return;
    }
    long unit = pages.get(0).minorUnitNanousd();
    demand(
        entry,
        report.carriedInNanousd() + entry.costNanousd()
                == report.quantityCents() * unit + report.carriedOutNanousd()
            && report.carriedOutNanousd() >= 0
            && report.carriedOutNanousd() < unit,
        "cost and cents reported differ");
    if (previous != null && previous.reported() != null) {
      demand(
          entry,
          report.carriedInNanousd() == previous.reported().carriedOutNanousd(),
          "the remainder is not that of the report before");
    }
    cents += report.quantityCents();
    reported++;
  }

  private void demand(LedgerEntry entry, boolean expected, String observed) {
    if (!expected) {
      differs(entry, observed);
    }
  }

  private void differs(LedgerEntry entry, String observed) {
    findings.add(Finding.differs(name(entry), "%s", observed));
  }

  private static String name(LedgerEntry entry) {
    return "ledger entry " + entry.entryNo();
  }

  private static Units usage(Entry event) {
    try {
      JsonNode payload = Json.MAPPER.readTree(event.envelope().payload().canonical());
      return new Units(
          1,
          payload.path("bytes_in").asLong(),
          payload.path("bytes_out").asLong(),
          payload.path("gates_executed").asLong(),
          payload.path("audit_writes").asLong());
    } catch (IOException e) {
      throw new CommandFailure("a payload in canonical form is JSON", e);
    }
  }
}
