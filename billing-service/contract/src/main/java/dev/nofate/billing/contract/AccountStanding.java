package dev.nofate.billing.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.gate.contract.TenantId;

/**
 * An account's standing at one version. Also the message on the Redis channel {@code
 * nofate:standing} after each change.
 *
 * @param tenant whose account
 * @param standing the standing
 * @param graceUntil end of the grace period, RFC 3339 UTC; null unless in grace
 * @param version counts the account's transitions; a higher version is newer
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AccountStanding(TenantId tenant, Standing standing, String graceUntil, long version) {

  /** The Redis channel on which changes are published. */
  public static final String CHANNEL = "nofate:standing";
}
