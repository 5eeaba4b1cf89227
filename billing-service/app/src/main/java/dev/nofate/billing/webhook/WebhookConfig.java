package dev.nofate.billing.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Webhooks of the payment provider, and how stored events are worked off. */
@ConfigMapping(prefix = "billing.webhook")
public interface WebhookConfig {

  /** {@code STRIPE_WEBHOOK_SECRET}: signing secrets, comma-separated while rolling. */
  Optional<String> secrets();

  /** How far a signature's time may lie from this machine's clock, either way. */
  @WithDefault("PT5M")
  Duration tolerance();

  /**
   * Attempts at an event before it is parked. With the waits below the last one is 87 min after the
   * first.
   */
  @WithDefault("17")
  int maxAttempts();

  /** Wait after the first failed attempt; doubles with each one. */
  @WithDefault("PT2S")
  Duration backOff();

  /** Longest wait between attempts. */
  @WithDefault("PT10M")
  Duration longestBackOff();

  /**
   * How long a finished event is kept after it came. The database keeps it for 30 days at least.
   */
  @WithDefault("P90D")
  Duration kept();

  /** How often older ones are looked for. */
  @WithDefault("PT1H")
  Duration forgetEvery();
}
