package dev.nofate.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.api.ApiClient;
import java.util.ArrayList;
import java.util.List;

/**
 * A tenant's ledger, all pages of it.
 *
 * @param entries in order
 */
public record LedgerReading(List<JsonNode> entries) {

  /** Reads all pages. */
  public static LedgerReading of(ApiClient api) {
    List<JsonNode> entries = new ArrayList<>();
    api.forEachItem("/v1/billing/ledger?limit=100", entries::add);
    return new LedgerReading(entries);
  }

  /** The units of all entries. */
  public Units units() {
    return entries.stream()
        .map(entry -> Units.ofEntry(entry.path("units")))
        .reduce(Units.NONE, Units::plus);
  }

  /** The last place of the chain that an entry covers; 0 without entries. */
  public long coveredSeq() {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).path("last_seq").asLong();
  }

  /** What all entries cost. */
  public long costNanousd() {
    return entries.stream().mapToLong(entry -> entry.path("cost_nanousd").asLong()).sum();
  }

  /** What was reported of it. */
  public long reportedCents() {
    return entries.stream().mapToLong(entry -> entry.at("/reported/quantity_cents").asLong()).sum();
  }

  /** Whether each entry was reported. */
  public boolean allReported() {
    return entries.stream().allMatch(entry -> entry.path("reported").isObject());
  }

  /** Whether each entry begins behind the one before, and the first at the chain's start. */
  public boolean isContiguous() {
    long covered = 0;
    for (JsonNode entry : entries) {
      if (entry.path("first_seq").asLong() != covered + 1) {
        return false;
      }
      covered = entry.path("last_seq").asLong();
    }
    return true;
  }

  @Override
  public String toString() {
    return entries.size() + " entries through seq " + coveredSeq();
  }
}
