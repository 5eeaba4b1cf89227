package dev.nofate.audit.append;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of appending, each per replica. */
@ConfigMapping(prefix = "audit.append")
public interface AppendConfig {

  /** Appends of one tenant that may wait to be written. */
  @WithDefault("1024")
  int queueLengthPerTenant();

  /** Appends of all tenants that may wait to be written. */
  @WithDefault("8192")
  int queueLength();

  /** Payload bytes of all tenants that may wait to be written. */
  @WithDefault("67108864")
  long queueBytes();

  /** Events in one append. */
  @WithDefault("64")
  int eventsPerAppend();

  /** Appends in one request that brings several. */
  @WithDefault("100")
  int appendsPerRequest();

  /** Bytes of one payload in its canonical form; at most what the chain's format allows. */
  @WithDefault("65536")
  int payloadBytes();

  /** Events in one statement; an append is never split. */
  @WithDefault("512")
  int eventsPerBatch();

  /** How often a batch is brought to the database before its appends are refused. */
  @WithDefault("5")
  int attempts();

  /** Wait before the second attempt, at most; it doubles with every further one. */
  @WithDefault("PT0.02S")
  Duration backoff();

  /** Longest wait between two attempts. */
  @WithDefault("PT0.5S")
  Duration backoffLimit();

  /** How long one attempt may take. */
  @WithDefault("PT3S")
  Duration attemptTimeout();

  /** How long an append may take before its caller is told that it was not confirmed. */
  @WithDefault("PT8S")
  Duration answerTimeout();

  /** What {@code Retry-After} says when the log is not writable, in whole seconds. */
  @WithDefault("PT1S")
  Duration retryAfter();

  /** Chains whose head is remembered. */
  @WithDefault("10000")
  int rememberedHeads();

  /**
   * How long after a conflict a chain counts as shared with another replica, so that its batches
   * wait their turn in the database instead of colliding there.
   */
  @WithDefault("PT5S")
  Duration contention();
}
