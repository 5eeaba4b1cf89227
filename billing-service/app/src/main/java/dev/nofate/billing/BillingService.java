package dev.nofate.billing;

import dev.nofate.billing.price.PriceSetting;
import dev.nofate.billing.provider.ModeSetting;
import dev.nofate.billing.provider.StripeVariables;
import dev.nofate.billing.standing.GraceSetting;
import dev.nofate.billing.webhook.WebhookSetting;
import dev.nofate.kit.start.Environment;
import dev.nofate.kit.start.Forms;
import dev.nofate.kit.start.Start;
import dev.nofate.kit.start.Variable;
import dev.nofate.kit.start.Variables;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Starts billing-service. */
@QuarkusMain
public final class BillingService {

  private static final int MOST_CONNECTIONS = 1_000;

  static final Variables VARIABLES =
      Variables.of(
              Variable.needed("DATABASE_URL", Forms.databaseUrl()),
              Variable.optional("DATABASE_OWNER_URL", Forms.databaseUrl()),
              Variable.optional("DATABASE_CA_FILE", Forms.file()),
              Variable.optional("REDIS_CA_FILE", Forms.file()),
              Variable.optional("DATABASE_POOL_SIZE", Forms.number(1, MOST_CONNECTIONS)),
              Variable.needed("REDIS_URL", Forms.redisUrl()),
              Variable.needed("GATE_URL", Forms.httpUrl()),
              Variable.optional("STRIPE_AUTOMATIC_TAX", Forms.bool()))
          .and(BillingService::money)
          .and(BillingService::stripe);

  public static void main(String... arguments) {
    Start.checked(VARIABLES, arguments);
  }

  private static List<String> money(Environment environment) {
    Map<String, String> prices = new TreeMap<>();
    for (String name :
        List.of("PRICE_PER_MB_IN", "PRICE_PER_MB_OUT", "PRICE_PER_GATE", "PRICE_PER_AUDIT_EVENT")) {
      environment.get(name).ifPresent(price -> prices.put(name, price));
    }
    List<String> faults = new ArrayList<>(PriceSetting.faults(prices));
    faults.addAll(
        GraceSetting.faults(
            environment.get("BILLING_GRACE_PERIOD_DAYS").orElse("3"),
            environment.get("BILLING_GRACE_PERIOD")));
    return faults;
  }

  private static List<String> stripe(Environment environment) {
    String mode = environment.get("BILLING_MODE").orElse("mock");
    boolean production = environment.isProduction();
    List<String> faults = new ArrayList<>(ModeSetting.faults(mode));
    faults.addAll(WebhookSetting.faults(environment.get("STRIPE_WEBHOOK_SECRET"), production));
    if (mode.equals("production")) {
      faults.addAll(
          new StripeVariables(
                  environment.get("STRIPE_SECRET_KEY"),
                  environment.get("STRIPE_METERED_PRICE_ID"),
                  environment.get("BILLING_RETURN_URL"),
                  environment.get("STRIPE_API_BASE").orElse(StripeVariables.OWN_ADDRESS),
                  environment.get("STRIPE_WEBHOOK_SECRET"))
              .faults(production));
    }
    return faults;
  }
}
