package dev.nofate.billing.account;

import dev.nofate.billing.contract.AccountStanding;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.TenantId;

/**
 * A tenant's account.
 *
 * @param tenant whose
 * @param customerId the payment provider's customer, {@code cus_…}
 * @param state its standing
 * @param version counts the changes of its standing
 */
public record Account(TenantId tenant, String customerId, AccountState state, long version) {

  /** As other services are told. */
  public AccountStanding toStanding() {
    return new AccountStanding(tenant, state.standing(), Rfc3339.text(state.graceUntil()), version);
  }
}
