package dev.nofate.billing.account;

import dev.nofate.billing.contract.AccountStanding;
import dev.nofate.billing.contract.Standing;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.TenantId;

/**
 * A tenant's account.
 *
 * @param tenant whose
 * @param customerId the payment provider's customer, {@code cus_…}
 * @param subscription the customer's subscription
 * @param state its standing as it follows from invoices
 * @param held whether an operator suspended it, whatever the invoices say
 * @param version counts the changes of its standing
 */
public record Account(
    TenantId tenant,
    String customerId,
    BilledSubscription subscription,
    AccountState state,
    boolean held,
    long version) {

  /** The subscription that usage is metered into; null until it was made. */
  public String subscriptionId() {
    return subscription.id();
  }

  /** The account in its next state. */
  public Account moved(AccountState next) {
    return new Account(tenant, customerId, subscription, next, held, version + 1);
  }

  /** The account held, or released. */
  public Account withHold(boolean next) {
    return new Account(tenant, customerId, subscription, state, next, version + 1);
  }

  /** As other services are told. */
  public AccountStanding toStanding() {
    return held
        ? new AccountStanding(tenant, Standing.SUSPENDED, null, version)
        : new AccountStanding(tenant, state.standing(), Rfc3339.text(state.graceUntil()), version);
  }
}
