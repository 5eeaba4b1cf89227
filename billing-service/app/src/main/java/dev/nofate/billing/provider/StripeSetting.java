package dev.nofate.billing.provider;

import dev.nofate.billing.start.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What production needs. Nothing of it is looked at in mock mode. */
@ApplicationScoped
public class StripeSetting implements Setting {

  private final ModeConfig mode;
  private final StripeConfig stripe;
  private final Optional<String> webhookSecrets;
  private final boolean production;

  public StripeSetting(
      ModeConfig mode,
      StripeConfig stripe,
      @ConfigProperty(name = "billing.webhook.secrets") Optional<String> webhookSecrets,
      @ConfigProperty(name = "nofate.environment", defaultValue = "development")
          String environment) {
    this.mode = mode;
    this.stripe = stripe;
    this.webhookSecrets = webhookSecrets;
    this.production = environment.equals("production");
  }

  @Override
  public List<String> faults() {
    if (!mode.mode().equals("production")) {
      return List.of();
    }
    List<String> faults =
        new ArrayList<>(
            new StripeVariables(
                    stripe.secretKey(),
                    stripe.meteredPriceId(),
                    stripe.returnUrl(),
                    stripe.apiBase(),
                    webhookSecrets)
                .faults(production));
    if (stripe.retries() < 0 || stripe.retries() > 10) {
      faults.add("billing.stripe.retries: not a number from 0 to 10");
    }
    if (stripe.concurrency() < 1 || stripe.concurrency() > 100) {
      faults.add("billing.stripe.concurrency: not a number from 1 to 100");
    }
    return faults;
  }
}
