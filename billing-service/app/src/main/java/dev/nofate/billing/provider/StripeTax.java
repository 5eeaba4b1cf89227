package dev.nofate.billing.provider;

import com.stripe.param.CustomerRetrieveParams;
import com.stripe.param.SubscriptionUpdateParams;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;

/**
 * Stripe Tax on subscriptions. Stripe refuses to switch it on for a customer without a place that
 * it recognises, and switches it off by itself when the place is lost ("Collect customer
 * addresses", docs.stripe.com/tax/customer-locations); so it is looked at again and again.
 */
final class StripeTax {

  /** What {@code customer.tax.automatic_tax} says when the place is known. */
  private static final Set<String> RECOGNISED = Set.of("supported", "not_collecting");

  private final StripeCalls calls;
  private final StripeConfig config;

  StripeTax(StripeCalls calls, StripeConfig config) {
    this.calls = calls;
    this.config = config;
  }

  /** Whether tax is configured, and can be computed for the customer. */
  Uni<Boolean> canCompute(String customerId) {
    if (!config.automaticTax()) {
      return Uni.createFrom().item(false);
    }
    CustomerRetrieveParams params = CustomerRetrieveParams.builder().addExpand("tax").build();
    return calls
        .make(client -> client.v1().customers().retrieve(customerId, params))
        .map(
            customer ->
                customer.getTax() != null
                    && RECOGNISED.contains(String.valueOf(customer.getTax().getAutomaticTax())));
  }

  /** Switches tax on where it can be; empty when tax is not configured. */
  Uni<Optional<Tax>> follow(String customerId, String subscriptionId) {
    if (!config.automaticTax()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return calls
        .make(client -> client.v1().subscriptions().retrieve(subscriptionId))
        .flatMap(
            found ->
                found.getAutomaticTax() != null
                        && Boolean.TRUE.equals(found.getAutomaticTax().getEnabled())
                    ? Uni.createFrom().item(Tax.ON)
                    : canCompute(customerId)
                        .flatMap(
                            known ->
                                known
                                    ? enable(subscriptionId)
                                    : Uni.createFrom().item(Tax.NO_LOCATION)))
        .map(Optional::of);
  }

  private Uni<Tax> enable(String subscriptionId) {
    SubscriptionUpdateParams params =
        SubscriptionUpdateParams.builder()
            .setAutomaticTax(
                SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build())
            .build();
    return calls
        .make(client -> client.v1().subscriptions().update(subscriptionId, params))
        .replaceWith(Tax.ON)
        .onFailure(RefusedException.class)
        .recoverWithItem(Tax.REFUSED);
  }
}
