package dev.nofate.billing.standing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How long an account is served after a payment failed. */
@ConfigMapping(prefix = "billing.grace")
public interface GraceConfig {

  /** {@code BILLING_GRACE_PERIOD_DAYS}: whole days, 1 to 365. */
  @WithDefault("3")
  String periodDays();

  /** {@code BILLING_GRACE_PERIOD}: an ISO-8601 duration that wins over the days when given. */
  Optional<String> period();
}
