package dev.nofate.billing.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.ledger.LedgerSums.Sum;
import dev.nofate.billing.reconcile.Check.Verdict;
import dev.nofate.billing.reconcile.Facts.Billed;
import dev.nofate.billing.reconcile.Facts.Counted;
import dev.nofate.billing.reconcile.Facts.End;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

  private static final UsageUnits UNITS = new UsageUnits(3, 10, 20, 18, 27);
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private Sum ledger = new Sum(2, UNITS, 25_000_000, 1, 40, 40, 2, 3, 25_000_000);
  private Counted counted = new Counted(2, 3, 3, UNITS, 2, NOW, new End(40, 40));
  private Billed billed = new Billed(3, 0, 1, 1, 2, 1, 1, 1);
  private long carriedOut = 4_000_000;

  @Test
  void isEqualWhenEverySourceSaysTheSame() {
    assertThat(checks()).extracting(Check::verdict).containsOnly(Verdict.EQUAL);
    assertThat(Reconciler.verdict(checks())).isEqualTo(Verdict.EQUAL);
    assertThat(check("evaluations").observed()).isEqualTo("All figures are 3.");
    assertThat(check("invoiced_cents").observed()).isEqualTo("All figures are 3.");
    assertThat(check("cost_nanousd").observed()).isEqualTo("All figures are 34000000.");
  }

  @Test
  void namesTheFigureThatIsAnother() {
    counted = new Counted(2, 3, 4, UNITS, 2, NOW, new End(40, 40));

    assertThat(check("evaluations").verdict()).isEqualTo(Verdict.DIFFERENT);
    assertThat(check("evaluations").observed())
        .isEqualTo(
            "evaluations_answered is 3, response_emitted is 4, usage_recorded is 3,"
                + " ledger_evaluations is 3.");
    assertThat(Reconciler.verdict(checks())).isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void comparesNothingOfTheChainUntilEveryEntryWasCounted() {
    counted = new Counted(1, 1, 1, new UsageUnits(1, 1, 1, 1, 1), 1, NOW, null);

    assertThat(check("evaluations").verdict()).isEqualTo(Verdict.NOT_OBSERVED);
    assertThat(check("bytes_in").observed())
        .isEqualTo("chain_bytes_in was not observed, ledger_bytes_in is 10.");
    assertThat(Reconciler.verdict(checks())).isEqualTo(Verdict.NOT_OBSERVED);
  }

  @Test
  void seesAnAnswerBehindTheEndOfTheLog() {
    counted = new Counted(2, 3, 3, UNITS, 2, NOW, new End(41, 40));

    assertThat(check("log_end").verdict()).isEqualTo(Verdict.DIFFERENT);
    assertThat(check("log_end").observed()).isEqualTo("last_answers_place is 41, log_end is 40.");
    assertThat(check("evaluations").verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(Reconciler.verdict(checks())).isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void aLogMayReachFurtherThanTheAnswers() {
    counted = new Counted(2, 3, 3, UNITS, 2, NOW, new End(39, 40));

    assertThat(check("log_end").verdict()).isEqualTo(Verdict.EQUAL);
  }

  @Test
  void saysNothingOfTheLogsEndUntilItWasObserved() {
    counted = new Counted(2, 3, 3, UNITS, 2, NOW, null);

    assertThat(checks()).extracting(Check::name).doesNotContain("log_end");
    assertThat(Reconciler.verdict(checks())).isEqualTo(Verdict.EQUAL);
  }

  @Test
  void seesACentThatWasLostOnTheWay() {
    carriedOut = 3_999_999;

    assertThat(check("cost_nanousd").verdict()).isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void seesUsageThatTheMeterRefused() {
    billed = new Billed(3, 1, 1, 1, 2, 1, 1, 1);

    assertThat(check("counted_by_stripe").verdict()).isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void seesAnInvoiceThatBillsLess() {
    billed = new Billed(3, 0, 1, 1, 1, 1, 1, 1);

    assertThat(check("invoiced_cents").observed())
        .isEqualTo("reported_cents is 3, invoiced_cents is 2.");
  }

  @Test
  void waitsForTheInvoiceOfAnItem() {
    billed = new Billed(3, 0, 1, 1, 2, 1, 0, 0);

    assertThat(check("invoiced_cents").verdict()).isEqualTo(Verdict.NOT_OBSERVED);
  }

  @Test
  void anHourHasNoInvoice() {
    assertThat(Reconciler.checks(facts(), false))
        .extracting(Check::name)
        .doesNotContain("invoiced_cents")
        .contains("reported_cents");
  }

  @Test
  void nothingIsEqualToNothing() {
    ledger = new Sum(0, UsageUnits.NONE, 0, 0, 0, 0, 0, 0, 0);
    counted = new Counted(0, 0, 0, UsageUnits.NONE, 0, null, null);
    billed = new Billed(0, 0, 0, 0, 0, 0, 0, 0);
    carriedOut = 9_000_000;

    assertThat(Reconciler.verdict(checks())).isEqualTo(Verdict.EQUAL);
  }

  private Check check(String name) {
    return checks().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private List<Check> checks() {
    return Reconciler.checks(facts(), true);
  }

  private Facts facts() {
    return new Facts(ledger, 9_000_000, carriedOut, counted, billed);
  }
}
