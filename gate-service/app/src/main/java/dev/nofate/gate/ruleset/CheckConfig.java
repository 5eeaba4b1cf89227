package dev.nofate.gate.ruleset;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of compiling documents that are not published yet, per replica. */
@ConfigMapping(prefix = "nofate.ruleset-check")
public interface CheckConfig {

  /** Checks that run at the same time. */
  @WithDefault("4")
  int running();

  /** Of them, a tenant's. */
  @WithDefault("2")
  int runningPerTenant();

  /** Documents that are compiled to be published at the same time. */
  @WithDefault("16")
  int publishing();

  /** Of them, a tenant's. */
  @WithDefault("8")
  int publishingPerTenant();

  /** What {@code Retry-After} says when as many run as may run, in whole seconds. */
  @WithDefault("PT1S")
  Duration retryAfter();
}
