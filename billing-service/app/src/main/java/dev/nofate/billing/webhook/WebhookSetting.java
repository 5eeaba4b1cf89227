package dev.nofate.billing.webhook;

import dev.nofate.billing.start.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The signing secrets. Without any, every webhook is refused. */
@ApplicationScoped
public class WebhookSetting implements Setting {

  private static final int SHORTEST = 16;
  private static final int MOST = 5;

  private final WebhookConfig config;
  private final String environment;

  public WebhookSetting(
      WebhookConfig config,
      @ConfigProperty(name = "nofate.environment", defaultValue = "development")
          String environment) {
    this.config = config;
    this.environment = environment;
  }

  @Override
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    List<String> secrets = secrets();
    if (secrets.isEmpty() && environment.equals("production")) {
      faults.add("STRIPE_WEBHOOK_SECRET: missing, and NOFATE_ENV is production");
    }
    if (secrets.size() > MOST) {
      faults.add("STRIPE_WEBHOOK_SECRET: more than " + MOST + " secrets");
    }
    if (secrets.stream().anyMatch(secret -> secret.length() < SHORTEST)) {
      faults.add("STRIPE_WEBHOOK_SECRET: a secret has fewer than " + SHORTEST + " characters");
    }
    if (config.maxAttempts() < 1 || config.maxAttempts() > 100) {
      faults.add("billing.webhook.max-attempts: not a number from 1 to 100");
    }
    return faults;
  }

  /** Every secret that a signature may be made with. */
  List<String> secrets() {
    return config.secrets().stream()
        .flatMap(secrets -> Arrays.stream(secrets.split(",", -1)))
        .map(String::strip)
        .filter(secret -> !secret.isEmpty())
        .toList();
  }
}
