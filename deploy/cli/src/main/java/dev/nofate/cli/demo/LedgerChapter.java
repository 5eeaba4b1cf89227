package dev.nofate.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Waits until the period is closed, prints the ledger and holds it against the chain. */
final class LedgerChapter {

  private static final Duration CLOSING_TIME = Duration.ofSeconds(60);
  private static final long NANOUSD_PER_CENT = 10_000_000;

  private final Scene scene;

  LedgerChapter(Scene scene) {
    this.scene = scene;
  }

  /** Returns when every evaluation in the chain is covered by a reported entry. */
  LedgerReading await(ChainReading chain) {
    scene.journal().chapter("The period is closed");
    LedgerReading ledger =
        Patience.until(
            "ledger entries through seq " + chain.lastUsageSeq(),
            CLOSING_TIME,
            () -> LedgerReading.of(scene.api()),
            read -> read.coveredSeq() >= chain.lastUsageSeq() && read.allReported());
    scene
        .journal()
        .say(
            "%-4s %-44s %-12s %12s %9s"
                .formatted("no", "period", "chain range", "nano-USD", "reported"));
    for (JsonNode entry : ledger.entries()) {
      scene
          .journal()
          .say(
              "%-4d %s to %s  %-12s %12d %7d ¢"
                  .formatted(
                      entry.path("entry_no").asLong(),
                      entry.path("period_start").asText().substring(0, 19),
                      entry.path("period_end").asText().substring(0, 19),
                      entry.path("first_seq").asLong() + "–" + entry.path("last_seq").asLong(),
                      entry.path("cost_nanousd").asLong(),
                      entry.at("/reported/quantity_cents").asLong()));
    }
    return ledger;
  }

  /** Completeness: what was answered is what was logged, metered, priced and reported. */
  void hold(int answered, ChainReading chain, LedgerReading ledger) {
    Journal journal = scene.journal();
    journal.chapter("The completeness identity");
    journal.say("chain   %s".formatted(chain.units()));
    journal.say("ledger  %s".formatted(ledger.units()));
    journal.check(
        answered == chain.count("response_emitted") && answered == chain.count("usage_recorded"),
        "answered = response_emitted = usage_recorded: %d = %d = %d"
            .formatted(answered, chain.count("response_emitted"), chain.count("usage_recorded")));
    journal.check(
        chain.units().equals(ledger.units()),
        "units in the chain range = units in the ledger entries");
    journal.check(ledger.isContiguous(), "entries cover the chain without gap or overlap");
    journal.check(
        ledger.costNanousd() / NANOUSD_PER_CENT == ledger.reportedCents(),
        "cost = reported: %d nano-USD = %d ¢ and a remainder carried forward"
            .formatted(ledger.costNanousd(), ledger.reportedCents()));
  }
}
