package dev.nofate.billing.account;

import dev.nofate.billing.contract.AccountStanding;
import dev.nofate.billing.contract.Standing;
import dev.nofate.billing.provider.Realm;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.TenantId;

/**
 * A tenant's account.
 *
 * @param tenant whose
 * @param customerId the payment provider's customer, {@code cus_…}
 * @param realm where that customer lives; null when it was not written down
 * @param subscription the customer's subscription
 * @param state its standing as it follows from invoices
 * @param held whether an operator suspended it, whatever the invoices say
 * @param version counts the changes of its standing
 */
public record Account(
    TenantId tenant,
    String customerId,
    Realm realm,
    BilledSubscription subscription,
    AccountState state,
    boolean held,
    long version) {

  /** The subscription that usage is metered into; null until it was made. */
  public String subscriptionId() {
    return subscription.id();
  }

  /** Whether anybody pays for its usage: the operator does not bill itself. */
  public boolean isBilled() {
    return !tenant.equals(TenantId.OPERATOR);
  }

  /** Whether the provider of a realm knows the account's customer. */
  boolean isOpenIn(Realm other) {
    return isBilled() && realm == other;
  }

  /** The account in its next state. */
  public Account moved(AccountState next) {
    return new Account(tenant, customerId, realm, subscription, next, held, version + 1);
  }

  /** The account held, or released. */
  public Account withHold(boolean next) {
    return new Account(tenant, customerId, realm, subscription, state, next, version + 1);
  }

  /** As other services are told. */
  public AccountStanding toStanding() {
    return held
        ? new AccountStanding(tenant, Standing.SUSPENDED, null, version)
        : new AccountStanding(tenant, state.standing(), Rfc3339.text(state.graceUntil()), version);
  }
}
