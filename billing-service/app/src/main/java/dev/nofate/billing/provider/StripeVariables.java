package dev.nofate.billing.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The variables that {@code BILLING_MODE=production} needs, as operators gave them.
 *
 * @param secretKey {@code STRIPE_SECRET_KEY}
 * @param meteredPriceId {@code STRIPE_METERED_PRICE_ID}
 * @param returnUrl {@code BILLING_RETURN_URL}
 * @param apiBase {@code STRIPE_API_BASE}
 * @param webhookSecrets {@code STRIPE_WEBHOOK_SECRET}
 */
public record StripeVariables(
    Optional<String> secretKey,
    Optional<String> meteredPriceId,
    Optional<String> returnUrl,
    String apiBase,
    Optional<String> webhookSecrets) {

  /** Stripe's own address. */
  public static final String OWN_ADDRESS = "https://api.stripe.com";

  private static final Pattern KEY = Pattern.compile("(sk|rk)_(live|test)_[A-Za-z0-9_]{8,250}");
  private static final Pattern PRICE = Pattern.compile("price_[A-Za-z0-9_]{1,200}");

  /**
   * Each fault in one sentence that names the variable.
   *
   * @param production whether {@code NOFATE_ENV} is production
   */
  public List<String> faults(boolean production) {
    List<String> faults = new ArrayList<>();
    key(production, faults);
    present(meteredPriceId, "STRIPE_METERED_PRICE_ID", faults)
        .filter(price -> !PRICE.matcher(price).matches())
        .ifPresent(price -> faults.add("STRIPE_METERED_PRICE_ID: not of the form price_…"));
    present(returnUrl, "BILLING_RETURN_URL", faults)
        .filter(url -> !url.startsWith("https://") && (production || !url.startsWith("http://")))
        .ifPresent(url -> faults.add("BILLING_RETURN_URL: not an https address"));
    if (!production) {
      // In production the webhook's own setting asks for it.
      present(webhookSecrets, "STRIPE_WEBHOOK_SECRET", faults);
    }
    if (production && !apiBase.equals(OWN_ADDRESS)) {
      faults.add("STRIPE_API_BASE: not Stripe's own address, and NOFATE_ENV is production");
    }
    return faults;
  }

  @Override
  public String toString() {
    return "StripeVariables[…]";
  }

  private void key(boolean production, List<String> faults) {
    Optional<String> key = present(secretKey, "STRIPE_SECRET_KEY", faults);
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
