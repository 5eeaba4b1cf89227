package dev.nofate.billing.provider;

import dev.nofate.billing.start.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What production needs. Nothing of it is looked at in mock mode. */
@ApplicationScoped
public class StripeSetting implements Setting {

  private static final Pattern KEY = Pattern.compile("(sk|rk)_(live|test)_[A-Za-z0-9_]{8,250}");
  private static final Pattern PRICE = Pattern.compile("price_[A-Za-z0-9_]{1,200}");
  private static final String OWN_ADDRESS = "https://api.stripe.com";

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
    List<String> faults = new ArrayList<>();
    key(faults);
    present(stripe.meteredPriceId(), "STRIPE_METERED_PRICE_ID", faults)
        .filter(price -> !PRICE.matcher(price).matches())
        .ifPresent(price -> faults.add("STRIPE_METERED_PRICE_ID: not of the form price_…"));
    present(stripe.returnUrl(), "BILLING_RETURN_URL", faults)
        .filter(url -> !url.startsWith("https://") && (production || !url.startsWith("http://")))
        .ifPresent(url -> faults.add("BILLING_RETURN_URL: not an https address"));
    if (!production) {
      // In production the webhook's own setting asks for it.
      present(webhookSecrets, "STRIPE_WEBHOOK_SECRET", faults);
    }
    if (production && !stripe.apiBase().equals(OWN_ADDRESS)) {
      faults.add("STRIPE_API_BASE: not Stripe's own address, and NOFATE_ENV is production");
    }
    if (stripe.retries() < 0 || stripe.retries() > 10) {
      faults.add("billing.stripe.retries: not a number from 0 to 10");
    }
    if (stripe.concurrency() < 1 || stripe.concurrency() > 100) {
      faults.add("billing.stripe.concurrency: not a number from 1 to 100");
    }
    return faults;
  }

  private void key(List<String> faults) {
    Optional<String> key = present(stripe.secretKey(), "STRIPE_SECRET_KEY", faults);
    if (key.isEmpty()) {
      return;
    }
    if (!KEY.matcher(key.get()).matches()) {
      faults.add("STRIPE_SECRET_KEY: not of the form sk_live_…, sk_test_…, rk_live_… or rk_test_…");
      return;
    }
    boolean live = key.get().substring(3).startsWith("live_");
    if (live && !production) {
      faults.add("STRIPE_SECRET_KEY: a live key, and NOFATE_ENV is not production");
    }
    if (!live && production) {
      faults.add("STRIPE_SECRET_KEY: a test key, and NOFATE_ENV is production");
    }
  }

  private static Optional<String> present(
      Optional<String> value, String variable, List<String> faults) {
    Optional<String> present = value.map(String::strip).filter(text -> !text.isEmpty());
    if (present.isEmpty()) {
      faults.add(variable + ": missing, and BILLING_MODE is production");
    }
    return present;
  }
}
