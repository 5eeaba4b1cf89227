package dev.nofate.billing.provider;

/** Whether tax is computed on a subscription's invoices. */
public enum Tax {
  /** It is. */
  ON,
  /** It is not: the provider knows no place of the customer's that it can compute tax for. */
  NO_LOCATION,
  /** It is not: the provider knows the place and refused all the same. */
  REFUSED
}
