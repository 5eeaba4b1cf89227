package dev.nofate.billing.webhook;

import dev.nofate.billing.start.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    List<String> faults =
        new ArrayList<>(faults(config.secrets(), environment.equals("production")));
    if (config.maxAttempts() < 1 || config.maxAttempts() > 100) {
      faults.add("billing.webhook.max-attempts: not a number from 1 to 100");
    }
    return faults;
  }

  /** What is wrong with the secrets, comma-separated. */
  public static List<String> faults(Optional<String> text, boolean production) {
    List<String> faults = new ArrayList<>();
    List<String> secrets = split(text);
    if (secrets.isEmpty() && production) {
      faults.add("STRIPE_WEBHOOK_SECRET: missing, and NOFATE_ENV is production");
    }
    if (secrets.size() > MOST) {
      faults.add("STRIPE_WEBHOOK_SECRET: more than " + MOST + " secrets");
    }
    if (secrets.stream().anyMatch(secret -> secret.length() < SHORTEST)) {
      faults.add("STRIPE_WEBHOOK_SECRET: a secret has fewer than " + SHORTEST + " characters");
    }
    return faults;
  }

  /** Every secret that a signature may be made with. */
  List<String> secrets() {
    return split(config.secrets());
  }

  private static List<String> split(Optional<String> text) {
    return text.stream()
        .flatMap(secrets -> Arrays.stream(secrets.split(",", -1)))
        .map(String::strip)
        .filter(secret -> !secret.isEmpty())
        .toList();
  }
}
