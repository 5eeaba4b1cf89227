package dev.nofate.billing.report;

/** How usage gets onto an invoice. */
enum Channel {
  /** Metered into the invoice of its period. */
  METER_EVENT,
  /** Its period's invoice is past; an item of the next one. */
  INVOICE_ITEM
}
