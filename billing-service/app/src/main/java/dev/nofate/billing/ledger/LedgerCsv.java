package dev.nofate.billing.ledger;

import dev.nofate.billing.contract.UsageReport;
import dev.nofate.billing.csv.Csv;
import java.util.Arrays;
import java.util.List;

/** Ledger entries as a table, a line an entry. */
final class LedgerCsv {

  private static final List<String> HEADER =
      List.of(
          "entry_no",
          "period_start",
          "period_end",
          "first_seq",
          "last_seq",
          "last_hash",
          "evaluations",
          "bytes_in",
          "bytes_out",
          "gates_executed",
          "audit_writes",
          "price_version",
          "fraction_in",
          "cost_nanousd",
          "fraction_out",
          "usage_hash",
          "filed_at",
          "quantity_cents",
          "carried_in_nanousd",
          "carried_out_nanousd",
          "mode",
          "reported_at");

  private LedgerCsv() {}

  static String of(List<LedgerLine> lines) {
    return Csv.of(HEADER, lines.stream().<List<?>>map(LedgerCsv::line).toList());
  }

  private static List<?> line(LedgerLine line) {
    UsageReport report = line.reported();
    return Arrays.asList(
        line.entryNo(),
        line.periodStart(),
        line.periodEnd(),
        line.firstSeq(),
        line.lastSeq(),
        line.lastHash(),
        line.units().evaluations(),
        line.units().bytesIn(),
        line.units().bytesOut(),
        line.units().gatesExecuted(),
        line.units().auditWrites(),
        line.priceVersion(),
        line.fractionIn(),
        line.costNanousd(),
        line.fractionOut(),
        line.usageHash(),
        line.filedAt(),
        report == null ? null : report.quantityCents(),
        report == null ? null : report.carriedInNanousd(),
        report == null ? null : report.carriedOutNanousd(),
        report == null ? null : report.mode(),
        report == null ? null : report.reportedAt());
  }
}
