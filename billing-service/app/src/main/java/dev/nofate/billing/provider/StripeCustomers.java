package dev.nofate.billing.provider;

import static dev.nofate.billing.provider.StripeCalls.once;

import com.stripe.model.Customer;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerSearchParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionListParams;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Customers and their subscriptions. Each is looked for before it is made: an idempotency key lasts
 * a day, the look lasts for good.
 */
final class StripeCustomers {

  private static final String TENANT = "tenant_id";

  private final StripeCalls calls;
  private final StripeConfig config;
  private final StripeTax tax;

  StripeCustomers(StripeCalls calls, StripeConfig config, StripeTax tax) {
    this.tax = tax;
    this.calls = calls;
    this.config = config;
  }

  Uni<String> customer(TenantId tenant) {
    return calls
        .make(
            client ->
                client
                    .v1()
                    .customers()
                    .search(
                        CustomerSearchParams.builder()
                            .setQuery("metadata['%s']:'%s'".formatted(TENANT, tenant))
                            .setLimit(1L)
                            .build())
                    .getData())
        .flatMap(
            found ->
                found.isEmpty() ? create(tenant) : Uni.createFrom().item(found.get(0).getId()));
  }

  private Uni<String> create(TenantId tenant) {
    return calls
        .make(
            client ->
                client
                    .v1()
                    .customers()
                    .create(
                        CustomerCreateParams.builder()
                            .setDescription("Tenant " + tenant)
                            .putMetadata(TENANT, tenant.toString())
                            .build(),
                        once("customer/" + tenant)))
        .map(Customer::getId);
  }

  /**
   * Stripe lists no ended subscriptions. Billed at the first of each month, 00:00 UTC, so that its
   * periods are our months.
   */
  Uni<String> subscription(TenantId tenant, String customerId, String replacing) {
    return calls
        .make(
            client ->
                client
                    .v1()
                    .subscriptions()
                    .list(
                        SubscriptionListParams.builder()
                            .setCustomer(customerId)
                            .setPrice(price())
                            .setLimit(1L)
                            .build())
                    .getData())
        .flatMap(
            found ->
                found.isEmpty()
                    ? tax.canCompute(customerId)
                        .flatMap(taxed -> subscribe(tenant, customerId, replacing, taxed))
                    : first(found));
  }

  private static Uni<String> first(List<Subscription> found) {
    return Uni.createFrom().item(found.get(0).getId());
  }

  private Uni<String> subscribe(
      TenantId tenant, String customerId, String replacing, boolean taxed) {
    SubscriptionCreateParams params =
        SubscriptionCreateParams.builder()
            .setCustomer(customerId)
            .addItem(SubscriptionCreateParams.Item.builder().setPrice(price()).build())
            .setBillingCycleAnchorConfig(
                SubscriptionCreateParams.BillingCycleAnchorConfig.builder()
                    .setDayOfMonth(1L)
                    .setHour(0L)
                    .setMinute(0L)
                    .setSecond(0L)
                    .build())
            .setProrationBehavior(SubscriptionCreateParams.ProrationBehavior.NONE)
            .setAutomaticTax(
                SubscriptionCreateParams.AutomaticTax.builder().setEnabled(taxed).build())
            .putMetadata(TENANT, tenant.toString())
            .build();
    // Under the first one's key Stripe would answer with the first one.
    String key =
        "subscription/"
            + tenant
            + (replacing == null ? "" : "/" + replacing)
            // Stripe takes no other body under the same key.
            + (taxed ? "/taxed" : "");
    return calls
        .make(client -> client.v1().subscriptions().create(params, once(key)))
        .map(Subscription::getId);
  }

  Uni<String> subscriptionStatus(String subscriptionId) {
    return calls
        .make(client -> client.v1().subscriptions().retrieve(subscriptionId))
        .map(Subscription::getStatus);
  }

  private String price() {
    return config.meteredPriceId().orElseThrow().strip();
  }
}
