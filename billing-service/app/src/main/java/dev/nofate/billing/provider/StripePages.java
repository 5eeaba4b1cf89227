package dev.nofate.billing.provider;

import com.stripe.model.SetupIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import dev.nofate.billing.provider.PaymentProvider.GivenMethod;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Pages of Stripe's own on which customers give payment methods and see their invoices. */
final class StripePages {

  private final StripeCalls calls;
  private final StripeConfig config;

  StripePages(StripeCalls calls, StripeConfig config) {
    this.calls = calls;
    this.config = config;
  }

  /** Checkout in setup mode: a payment method is given, nothing is paid. */
  Uni<String> setup(String customerId) {
    SessionCreateParams.Builder params =
        SessionCreateParams.builder()
            .setMode(SessionCreateParams.Mode.SETUP)
            .setCustomer(customerId)
            .setCurrency("usd")
            .setSuccessUrl(successUrl())
            .setCancelUrl(returnUrl());
    if (config.automaticTax()) {
      askForAddress(params);
    }
    return calls
        .make(client -> client.v1().checkout().sessions().create(params.build()))
        .map(Session::getUrl);
  }

  /** Tax follows from the customer's address, which Checkout keeps only when told to. */
  private static void askForAddress(SessionCreateParams.Builder params) {
    params
        .setBillingAddressCollection(SessionCreateParams.BillingAddressCollection.REQUIRED)
        .setCustomerUpdate(
            SessionCreateParams.CustomerUpdate.builder()
                .setAddress(SessionCreateParams.CustomerUpdate.Address.AUTO)
                .build());
  }

  Uni<String> portal(String customerId) {
    com.stripe.param.billingportal.SessionCreateParams.Builder params =
        com.stripe.param.billingportal.SessionCreateParams.builder()
            .setCustomer(customerId)
            .setReturnUrl(returnUrl());
    config.portalConfiguration().filter(id -> !id.isBlank()).ifPresent(params::setConfiguration);
    return calls
        .make(client -> client.v1().billingPortal().sessions().create(params.build()))
        .map(com.stripe.model.billingportal.Session::getUrl);
  }

  Uni<Optional<GivenMethod>> givenMethod(String customerId, String pageId) {
    return calls
        .make(client -> client.v1().checkout().sessions().retrieve(pageId))
        .flatMap(
            page ->
                customerId.equals(page.getCustomer())
                        && "setup".equals(page.getMode())
                        && "complete".equals(page.getStatus())
                    ? calls
                        .make(client -> client.v1().setupIntents().retrieve(page.getSetupIntent()))
                        .map(intent -> given(page, intent))
                    : Uni.createFrom().item(Optional.empty()));
  }

  private static Optional<GivenMethod> given(Session page, SetupIntent intent) {
    return "succeeded".equals(intent.getStatus()) && intent.getPaymentMethod() != null
        ? Optional.of(
            new GivenMethod(intent.getPaymentMethod(), Instant.ofEpochSecond(page.getCreated())))
        : Optional.empty();
  }

  Uni<Void> payWith(String customerId, String paymentMethodId) {
    CustomerUpdateParams params =
        CustomerUpdateParams.builder()
            .setInvoiceSettings(
                CustomerUpdateParams.InvoiceSettings.builder()
                    .setDefaultPaymentMethod(paymentMethodId)
                    .build())
            .build();
    return calls
        .make(client -> client.v1().customers().update(customerId, params))
        .replaceWithVoid();
  }

  /** Stripe puts the page's id in place of the braces. */
  private String successUrl() {
    String url = returnUrl();
    return url + (url.contains("?") ? "&" : "?") + "page={CHECKOUT_SESSION_ID}";
  }

  private String returnUrl() {
    return config.returnUrl().orElseThrow().strip();
  }
}
