package dev.nofate.billing.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the service is paid. */
@ConfigMapping(prefix = "billing.provider")
public interface ModeConfig {

  /** {@code BILLING_MODE}: {@code mock} makes no call that leaves the machine. */
  @WithDefault("mock")
  String mode();
}
