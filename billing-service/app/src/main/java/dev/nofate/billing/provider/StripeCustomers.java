package dev.nofate.billing.provider;

import static dev.nofate.billing.provider.StripeCalls.once;

import com.stripe.model.Customer;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerSearchParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionListParams;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Customers and their subscriptions. Each is looked for before it is made: an idempotency key lasts
 * a day, the look lasts for good. A key's number changes only with a failure that Stripe has stored
 * under the one before, whose request has therefore ended; what it made in spite of that is listed.
 */
final class StripeCustomers {

  private static final String TENANT = "tenant_id";
  private static final int PAGE = 100;

  /** Customers beyond are not looked through. */
  private static final int MOST = 1000;

  /** Longer than Stripe keeps a key. */
  private static final long A_KEY_LASTS_S = Duration.ofDays(2).toSeconds();

  private final StripeCalls calls;
  private final StripeConfig config;
  private final StripeTax tax;

  StripeCustomers(StripeCalls calls, StripeConfig config, StripeTax tax) {
    this.tax = tax;
    this.calls = calls;
    this.config = config;
  }

  Uni<String> customer(TenantId tenant, int number) {
    return searched(tenant)
        .flatMap(
            found ->
                found.isPresent() || number == 0
                    ? Uni.createFrom().item(found)
                    : amongTheNewest(tenant))
        .flatMap(
            found ->
                found.map(id -> Uni.createFrom().item(id)).orElseGet(() -> create(tenant, number)));
  }

  private Uni<Optional<String>> searched(TenantId tenant) {
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
        .map(found -> found.stream().map(Customer::getId).findFirst());
  }

  /**
   * A search does not show for about a minute what was made ("Data freshness",
   * docs.stripe.com/search); a list does, newest first.
   */
  private Uni<Optional<String>> amongTheNewest(TenantId tenant) {
    return calls
        .make(
            client -> {
              List<Customer> newest = new ArrayList<>();
              for (Customer one :
                  client
                      .v1()
                      .customers()
                      .list(CustomerListParams.builder().setLimit((long) PAGE).build())
                      .autoPagingIterable()) {
                newest.add(one);
                if (newest.size() == MOST
                    || one.getCreated() < newest.get(0).getCreated() - A_KEY_LASTS_S) {
                  break;
                }
              }
              return newest;
            })
        .map(
            newest -> {
              Optional<String> found =
                  newest.stream()
                      .filter(one -> tenant.toString().equals(one.getMetadata().get(TENANT)))
                      .map(Customer::getId)
                      .findFirst();
              if (found.isEmpty() && newest.size() == MOST) {
                throw new RefusedException(MOST + " customers were made within two days");
              }
              return found;
            });
  }

  private Uni<String> create(TenantId tenant, int number) {
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
                        once("customer/" + tenant + numbered(number))))
        .map(Customer::getId);
  }

  /**
   * Stripe lists no ended subscriptions. Billed at the first of each month, 00:00 UTC, so that its
   * periods are our months.
   */
  Uni<String> subscription(TenantId tenant, String customerId, String replacing, int number) {
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
                        .flatMap(taxed -> subscribe(tenant, customerId, replacing, number, taxed))
                    : first(found));
  }

  private static Uni<String> first(List<Subscription> found) {
    return Uni.createFrom().item(found.get(0).getId());
  }

  private Uni<String> subscribe(
      TenantId tenant, String customerId, String replacing, int number, boolean taxed) {
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
            + numbered(number)
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

  private static String numbered(int number) {
    return number == 0 ? "" : "/again/" + number;
  }

  private String price() {
    return config.meteredPriceId().orElseThrow().strip();
  }
}
