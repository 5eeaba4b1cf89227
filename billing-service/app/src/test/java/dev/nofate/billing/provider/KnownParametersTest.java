package dev.nofate.billing.provider;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.annotations.SerializedName;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerRetrieveParams;
import com.stripe.param.CustomerSearchParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import com.stripe.param.checkout.SessionCreateParams;
import dev.nofate.stripe.KnownParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the stand-in takes, Stripe takes: its library's parameters are made from Stripe's API. */
class KnownParametersTest {

  private static final Map<String, List<Class<?>>> LIBRARY =
      Map.ofEntries(
          entry("GET /v1/billing/meters/", List.of(MeterEventSummaryListParams.class)),
          entry("POST /v1/billing/meter_events", List.of(MeterEventCreateParams.class)),
          entry("GET /v1/customers/search", List.of(CustomerSearchParams.class)),
          entry("GET /v1/customers", List.of(CustomerListParams.class)),
          entry("GET /v1/customers/", List.of(CustomerRetrieveParams.class)),
          entry("POST /v1/customers", List.of(CustomerCreateParams.class)),
          entry("POST /v1/customers/", List.of(CustomerUpdateParams.class)),
          entry("GET /v1/subscriptions", List.of(SubscriptionListParams.class)),
          entry("POST /v1/subscriptions", List.of(SubscriptionCreateParams.class)),
          entry("POST /v1/subscriptions/", List.of(SubscriptionUpdateParams.class)),
          entry("GET /v1/invoices", List.of(InvoiceListParams.class)),
          entry(
              "GET /v1/invoices/",
              List.of(InvoiceRetrieveParams.class, InvoiceLineItemListParams.class)),
          entry("GET /v1/invoiceitems", List.of(InvoiceItemListParams.class)),
          entry("POST /v1/invoiceitems", List.of(InvoiceItemCreateParams.class)),
          entry("POST /v1/checkout/sessions", List.of(SessionCreateParams.class)),
          entry(
              "POST /v1/billing_portal/sessions",
              List.of(com.stripe.param.billingportal.SessionCreateParams.class)));

  @Test
  void everyListedParameterIsOneOfStripes() {
    KnownParameters.names()
        .forEach(
            (request, names) ->
                assertThat(
                        LIBRARY.getOrDefault(request, List.of()).stream()
                            .flatMap(params -> names(params).stream()))
                    .as(request)
                    .containsAll(names));
  }

  @Test
  void everyRequestWithParametersIsCompared() {
    assertThat(KnownParameters.names().keySet()).containsAll(LIBRARY.keySet());
    assertThat(KnownParameters.names())
        .extractingByKey("POST /v1/customers")
        .isEqualTo(Set.of("description", "metadata"));
  }

  private static Set<String> names(Class<?> params) {
    return Arrays.stream(params.getDeclaredFields())
        .map(field -> field.getAnnotation(SerializedName.class))
        .filter(annotation -> annotation != null)
        .map(SerializedName::value)
        .collect(Collectors.toSet());
  }
}
