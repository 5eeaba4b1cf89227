package dev.nofate.billing.provider;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;

/**
 * Who collects the money. Every call is idempotent by what it is given, so that a call whose answer
 * was lost is made again without a second effect.
 */
public interface PaymentProvider {

  /** {@code mock} or {@code production}, as recorded with every report. */
  String mode();

  /** The customer that stands for a tenant; made when there is none. */
  Uni<String> customer(TenantId tenant);

  /** Reports a quantity once per identifier. */
  Uni<Receipt> report(Quantity quantity);

  /**
   * A quantity to bill.
   *
   * @param customerId the provider's customer
   * @param identifier the entry's usage hash: at most one report has it
   * @param cents whole US cents
   */
  record Quantity(String customerId, String identifier, long cents) {}

  /**
   * What the provider answered.
   *
   * @param reference under which the provider knows the report
   */
  record Receipt(String reference) {}
}
