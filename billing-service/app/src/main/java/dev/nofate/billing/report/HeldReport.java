package dev.nofate.billing.report;

import static dev.nofate.billing.postgres.Sql.instant;

import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.TenantId;
import io.vertx.mutiny.sqlclient.Row;

/**
 * A report whose outcome at the provider nobody but a person can find out.
 *
 * @param tenantId whose
 * @param entryNo the ledger entry; those behind it wait
 * @param channel {@code METER_EVENT} or {@code INVOICE_ITEM}
 * @param firstSentAt when it was first sent, RFC 3339 UTC
 * @param reason what was observed
 */
public record HeldReport(
    TenantId tenantId, long entryNo, String channel, String firstSentAt, String reason) {

  static HeldReport of(Row row) {
    return new HeldReport(
        new TenantId(row.getUUID("tenant_id")),
        row.getLong("entry_no"),
        row.getString("channel"),
        Rfc3339.text(instant(row, "first_sent_at")),
        row.getString("held_reason"));
  }
}
