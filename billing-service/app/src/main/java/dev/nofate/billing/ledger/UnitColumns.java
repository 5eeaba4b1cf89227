package dev.nofate.billing.ledger;

import dev.nofate.billing.contract.UsageUnits;
import io.vertx.mutiny.sqlclient.Row;

/** The five unit columns, named alike in every table. */
final class UnitColumns {

  private UnitColumns() {}

  static UsageUnits units(Row row) {
    return new UsageUnits(
        row.getLong("evaluations"),
        row.getLong("bytes_in"),
        row.getLong("bytes_out"),
        row.getLong("gates_executed"),
        row.getLong("audit_writes"));
  }
}
