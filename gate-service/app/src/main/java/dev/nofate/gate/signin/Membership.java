package dev.nofate.gate.signin;

import java.time.Instant;

/**
 * Somebody's membership in an organization of the identity provider.
 *
 * @param user their id there
 * @param organization its id there
 * @param role theirs in it, without {@code org:}
 * @param seenAt when the identity provider last said so
 */
record Membership(String user, String organization, String role, Instant seenAt) implements Holder {

  @Override
  public String roleName() {
    return role;
  }

  Membership seen(String roleNow, Instant at) {
    return new Membership(user, organization, roleNow, at);
  }
}
