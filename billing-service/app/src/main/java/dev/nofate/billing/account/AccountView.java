package dev.nofate.billing.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.billing.contract.AccountStanding;
import dev.nofate.billing.contract.Standing;
import dev.nofate.gate.contract.TenantId;

/**
 * An account as its tenant sees it.
 *
 * @param tenantId whose
 * @param standing whether evaluations are decided
 * @param graceUntil end of the grace period, RFC 3339 UTC; null unless in grace
 * @param stripeCustomerId the customer that Stripe bills; null for the operator, whom nobody bills
 * @param subscriptionStatus where the subscription stands in Stripe's word; null while nothing was
 *     observed of it
 * @param version counts the changes of the standing
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AccountView(
    TenantId tenantId,
    Standing standing,
    String graceUntil,
    String stripeCustomerId,
    String subscriptionStatus,
    long version) {

  static AccountView of(Account account) {
    AccountStanding standing = account.toStanding();
    return new AccountView(
        account.tenant(),
        standing.standing(),
        standing.graceUntil(),
        account.isBilled() ? account.customerId() : null,
        account.subscription().status(),
        account.version());
  }
}
