package dev.nofate.billing.provider;

import static dev.nofate.billing.provider.StripeCalls.once;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import dev.nofate.billing.provider.StripeCalls.DuplicateIdentifierException;
import dev.nofate.billing.start.FaultySettingsException;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stripe. Usage goes to the meter of the one metered price, at a cent a unit. */
final class StripeProvider implements PaymentProvider {

  static final String USAGE_HASH = "usage_hash";
  private static final int MOST_ITEMS = 100;

  /** Items are looked for from a day before the usage's own time, as clocks may differ. */
  private static final Duration EARLIER = Duration.ofDays(1);

  private final StripeCalls calls;
  private final StripeConfig config;
  private final StripeCustomers customers;
  private final StripePages pages;
  private final StripeInvoices invoices;
  private final StripeTax tax;
  private volatile StripeMeter meter;

  StripeProvider(StripeConfig config) {
    this.config = config;
    this.calls = new StripeCalls(config);
    this.tax = new StripeTax(calls, config);
    this.customers = new StripeCustomers(calls, config, tax);
    this.pages = new StripePages(calls, config);
    this.invoices = new StripeInvoices(calls, config);
  }

  @Override
  public String mode() {
    return "production";
  }

  @Override
  public Realm realm() {
    return config.realm();
  }

  @Override
  public Uni<String> customer(TenantId tenant, int number) {
    return customers.customer(tenant, number);
  }

  @Override
  public Uni<Void> requireCustomer(String customerId) {
    return calls.make(client -> client.v1().customers().retrieve(customerId)).replaceWithVoid();
  }

  @Override
  public Uni<String> subscription(
      TenantId tenant, String customerId, String replacing, int number) {
    return customers.subscription(tenant, customerId, replacing, number);
  }

  @Override
  public Uni<String> subscriptionStatus(String subscriptionId) {
    return customers.subscriptionStatus(subscriptionId);
  }

  @Override
  public Uni<List<InvoiceState>> invoices(String customerId, Instant since, Instant now) {
    return invoices.of(customerId, since, now);
  }

  @Override
  public Uni<List<InvoiceLine>> invoiceLines(String invoiceId) {
    return invoices.lines(invoiceId);
  }

  @Override
  public Uni<Uncounted> uncounted(String eventId) {
    return StripeThinEvents.uncounted(calls, eventId);
  }

  /**
   * The meter of the price, looked up once.
   *
   * @return fails with {@link FaultySettingsException} when price or meter do not fit
   */
  Uni<StripeMeter> requireMeter() {
    StripeMeter known = meter;
    if (known != null) {
      return Uni.createFrom().item(known);
    }
    return calls
        .make(
            client -> client.v1().prices().retrieve(config.meteredPriceId().orElseThrow().strip()))
        .flatMap(this::meterOf)
        .invoke(found -> meter = found);
  }

  /** What is wrong with the price and what is wrong with its meter is said at once. */
  private Uni<StripeMeter> meterOf(Price price) {
    List<String> faults = new ArrayList<>(StripeMeter.faults(price));
    if (!StripeMeter.isMetered(price)) {
      refuse(faults);
    }
    return calls
        .make(client -> client.v1().billing().meters().retrieve(price.getRecurring().getMeter()))
        .invoke(
            (Meter found) -> {
              faults.addAll(StripeMeter.faults(found));
              refuse(faults);
            })
        .map(StripeMeter::of);
  }

  private static void refuse(List<String> faults) {
    if (!faults.isEmpty()) {
      throw new FaultySettingsException(faults);
    }
  }

  @Override
  public Uni<Optional<Tax>> tax(String customerId, String subscriptionId) {
    return tax.follow(customerId, subscriptionId);
  }

  @Override
  public Uni<BillingCycle> cycle(String subscriptionId) {
    return requireMeter()
        .flatMap(
            known ->
                calls
                    .make(client -> client.v1().subscriptions().retrieve(subscriptionId))
                    .flatMap(
                        subscription ->
                            drafts(subscriptionId)
                                .map(drafts -> cycle(known, subscription, drafts))));
  }

  private Uni<List<Invoice>> drafts(String subscriptionId) {
    return calls.make(
        client ->
            client
                .v1()
                .invoices()
                .list(
                    InvoiceListParams.builder()
                        .setSubscription(subscriptionId)
                        .setStatus(InvoiceListParams.Status.DRAFT)
                        .setLimit(1L)
                        .build())
                .getData());
  }

  private static BillingCycle cycle(
      StripeMeter known, Subscription subscription, List<Invoice> drafts) {
    List<SubscriptionItem> items = subscription.getItems().getData();
    Optional<SubscriptionItem> metered =
        items.stream().filter(item -> known.isBilledBy(item.getPrice())).findFirst();
    Instant start =
        Instant.ofEpochSecond(metered.orElseGet(() -> items.get(0)).getCurrentPeriodStart());
    Optional<Invoice> draft =
        drafts.stream().filter(one -> one.getAutomaticallyFinalizesAt() != null).findFirst();
    return new BillingCycle(
        subscription.getStatus(),
        metered.isPresent(),
        start,
        draft.map(one -> Instant.ofEpochSecond(one.getPeriodStart())).orElse(null),
        draft.map(one -> Instant.ofEpochSecond(one.getAutomaticallyFinalizesAt())).orElse(null));
  }

  @Override
  public Uni<Receipt> meter(Usage usage, String call) {
    return requireMeter()
        .flatMap(
            known ->
                calls.make(
                    client ->
                        client
                            .v1()
                            .billing()
                            .meterEvents()
                            .create(
                                MeterEventCreateParams.builder()
                                    .setEventName(known.eventName())
                                    .setIdentifier(usage.identifier())
                                    .setTimestamp(usage.at().getEpochSecond())
                                    .putPayload(known.customerKey(), usage.customerId())
                                    .putPayload(known.valueKey(), Long.toString(usage.cents()))
                                    .build(),
                                once("meter-event/" + usage.identifier() + "/" + call))))
        .map(event -> new Receipt(usage.identifier()))
        .onFailure(DuplicateIdentifierException.class)
        .recoverWithItem(new Receipt(usage.identifier()));
  }

  @Override
  public Uni<Long> metered(String customerId, Instant from, Instant to) {
    return requireMeter()
        .flatMap(
            known ->
                calls.make(
                    client ->
                        client
                            .v1()
                            .billing()
                            .meters()
                            .eventSummaries()
                            .list(
                                known.id(),
                                MeterEventSummaryListParams.builder()
                                    .setCustomer(customerId)
                                    .setStartTime(from.getEpochSecond())
                                    .setEndTime(to.getEpochSecond())
                                    .build())
                            .getData()))
        .map(StripeProvider::sum);
  }

  private static long sum(List<MeterEventSummary> summaries) {
    return summaries.stream()
        .map(MeterEventSummary::getAggregatedValue)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .longValueExact();
  }

  @Override
  public Uni<Receipt> addInvoiceItem(Usage usage, String call) {
    return calls
        .make(
            client ->
                client
                    .v1()
                    .invoiceItems()
                    .create(
                        InvoiceItemCreateParams.builder()
                            .setCustomer(usage.customerId())
                            .setAmount(usage.cents())
                            .setCurrency("usd")
                            .setDescription("Usage until " + usage.at() + ", billed later")
                            .putMetadata(USAGE_HASH, usage.identifier())
                            .build(),
                        once("invoice-item/" + usage.identifier() + "/" + call)))
        .map(item -> new Receipt(item.getId()));
  }

  @Override
  public Uni<Optional<Receipt>> invoiceItem(Usage usage) {
    return calls.make(
        client -> {
          List<InvoiceItem> found = new ArrayList<>();
          client
              .v1()
              .invoiceItems()
              .list(
                  InvoiceItemListParams.builder()
                      .setCustomer(usage.customerId())
                      .setCreated(
                          InvoiceItemListParams.Created.builder()
                              .setGte(usage.at().minus(EARLIER).getEpochSecond())
                              .build())
                      .setLimit((long) MOST_ITEMS)
                      .build())
              .autoPagingIterable()
              .forEach(
                  item -> {
                    if (usage.identifier().equals(item.getMetadata().get(USAGE_HASH))) {
                      found.add(item);
                    }
                  });
          return found.stream().findFirst().map(item -> new Receipt(item.getId()));
        });
  }

  @Override
  public Uni<String> setupPage(String customerId) {
    return pages.setup(customerId);
  }

  @Override
  public Uni<String> portalPage(String customerId) {
    return pages.portal(customerId);
  }

  @Override
  public Uni<Optional<GivenMethod>> givenMethod(String customerId, String pageId) {
    return pages.givenMethod(customerId, pageId);
  }

  @Override
  public Uni<Void> payWith(String customerId, String paymentMethodId) {
    return pages.payWith(customerId, paymentMethodId);
  }
}
