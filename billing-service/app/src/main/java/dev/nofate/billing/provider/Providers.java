package dev.nofate.billing.provider;

import com.stripe.Stripe;
import dev.nofate.billing.start.FaultySettingsException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The provider of the mode that is configured. */
@ApplicationScoped
public class Providers {

  /** After the settings were checked, before anything is served. */
  static final int AFTER_CHECK = 150;

  private static final Logger LOG = Logger.getLogger(Providers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ModeConfig mode;
  private final StripeConfig stripe;

  public Providers(ModeConfig mode, StripeConfig stripe) {
    this.mode = mode;
    this.stripe = stripe;
  }

  @Produces
  @ApplicationScoped
  PaymentProvider provider() {
    // Otherwise the library writes into the home folder and tells timings to Stripe.
    Stripe.enableTelemetry = false;
    return mode.mode().equals("production") ? new StripeProvider(stripe) : new MockProvider();
  }

  /**
   * Refuses to start with a price or meter that Stripe says do not fit. When Stripe does not answer
   * the service starts, so that webhooks are stored, and looks again before the first report.
   */
  void checkMeter(@Observes @Priority(AFTER_CHECK) StartupEvent started) {
    if (!mode.mode().equals("production")) {
      return;
    }
    try {
      new StripeProvider(stripe).requireMeter().await().atMost(PATIENCE);
    } catch (FaultySettingsException e) {
      throw e;
    } catch (RefusedException e) {
      throw new FaultySettingsException(
          java.util.List.of("STRIPE_METERED_PRICE_ID or STRIPE_SECRET_KEY: " + e.getMessage()));
    } catch (RuntimeException e) {
      LOG.warnf("the billing meter was not looked up: %s", e.getClass().getSimpleName());
    }
  }
}
