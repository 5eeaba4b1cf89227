package dev.nofate.gate.admission;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many evaluations a tenant may have decided, and how repeats are recognised early. */
@ConfigMapping(prefix = "nofate.rate-limit")
public interface RateLimitConfig {

  /** Evaluations a tenant and minute ({@code DEFAULT_RATE_LIMIT}) where the tenant has no own. */
  @WithDefault("100")
  int perMinute();

  /** What can gather while nothing is asked for, as per cent of a minute's evaluations. */
  @WithDefault("100")
  int burstPercent();

  /**
   * What one key may take of its tenant's limit, in per cent; below 100 it is counted for itself.
   */
  @WithDefault("100")
  int keyPercent();

  /** A longer body counts as one more evaluation for each further piece of this length. */
  @WithDefault("64K")
  MemorySize bytesPerUnit();

  /** How long a tenant's own limit is remembered. */
  @WithDefault("30S")
  Duration tenantLimitTtl();

  /** How long a request counts as running when its replica does not say that it ended. */
  @WithDefault("10S")
  Duration runningTtl();

  /** How long a request that ended without an answer waits for Redis to forget its mark. */
  @WithDefault("0.25S")
  Duration releaseWithin();

  /** How long Redis remembers that a key has its answer; afterwards the log recognises it. */
  @WithDefault("24H")
  Duration hintTtl();

  /** Quotas counted locally while Redis is away, and tenants' own limits remembered. */
  @WithDefault("100000")
  int localTenants();
}
