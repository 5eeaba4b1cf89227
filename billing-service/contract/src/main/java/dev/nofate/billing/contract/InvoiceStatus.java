package dev.nofate.billing.contract;

/**
 * States of an invoice as a lattice: an observation moves it only upwards. An uncollectible invoice
 * can still be paid or voided; paid and void are final (the first of them to arrive stays).
 */
public enum InvoiceStatus {
  DRAFT,
  OPEN,
  PAYMENT_FAILED,
  PAID,
  VOID,
  UNCOLLECTIBLE
}
