package dev.nofate.billing.usage;

import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.csv.Csv;
import java.util.Arrays;
import java.util.List;

/** A month as a table. */
final class UsageCsv {

  private static final List<String> USAGE =
      List.of(
          "from",
          "to",
          "currency",
          "part",
          "evaluations",
          "bytes_in",
          "bytes_out",
          "gates_executed",
          "audit_writes",
          "cost_nanousd");

  private static final List<String> PREVIEW =
      List.of(
          "period",
          "from",
          "to",
          "currency",
          "evaluations",
          "bytes_in",
          "bytes_out",
          "gates_executed",
          "audit_writes",
          "carried_in_nanousd",
          "closed_nanousd",
          "open_nanousd",
          "amount_cents",
          "carried_out_nanousd",
          "reported_cents");

  private UsageCsv() {}

  /** A line for what is closed and one for what is open. */
  static String of(UsageView usage) {
    return Csv.of(
        USAGE,
        List.of(
            line(usage, "closed", usage.closed().units(), usage.closed().costNanousd()),
            line(usage, "open", usage.open().units(), usage.open().costNanousd())));
  }

  private static List<?> line(UsageView usage, String part, UsageUnits units, long cost) {
    return Arrays.asList(
        usage.from(),
        usage.to(),
        usage.currency(),
        part,
        units.evaluations(),
        units.bytesIn(),
        units.bytesOut(),
        units.gatesExecuted(),
        units.auditWrites(),
        cost);
  }

  /** One line. */
  static String of(PreviewView preview) {
    UsageUnits units = preview.units();
    return Csv.of(
        PREVIEW,
        List.of(
            Arrays.asList(
                preview.period(),
                preview.from(),
                preview.to(),
                preview.currency(),
                units.evaluations(),
                units.bytesIn(),
                units.bytesOut(),
                units.gatesExecuted(),
                units.auditWrites(),
                preview.carriedInNanousd(),
                preview.closedNanousd(),
                preview.openNanousd(),
                preview.amountCents(),
                preview.carriedOutNanousd(),
                preview.reportedCents())));
  }
}
