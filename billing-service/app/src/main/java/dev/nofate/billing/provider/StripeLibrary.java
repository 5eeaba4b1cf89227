package dev.nofate.billing.provider;

import com.stripe.Stripe;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Settings that Stripe's library keeps in static fields. */
@ApplicationScoped
public class StripeLibrary {

  /** Otherwise the library writes into the home folder and tells timings to Stripe. */
  void withoutTelemetry(@Observes StartupEvent started) {
    Stripe.enableTelemetry = false;
  }
}
