package dev.nofate.gate.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sessions of people, as Clerk makes them. Without an issuer there are none. */
@ConfigMapping(prefix = "nofate.clerk")
public interface ClerkConfig {

  /**
   * The {@code iss} of session tokens ({@code CLERK_ISSUER}); its keys are at {@code
   * /.well-known/jwks.json} below it.
   */
  Optional<String> issuer();

  /**
   * Origins that a token may have been made for, its {@code azp} ({@code
   * CLERK_AUTHORIZED_PARTIES}).
   */
  Optional<List<String>> authorizedParties();

  /**
   * What a member of an organization may do, by role: {@code role=scope scope;role=scope} ({@code
   * CLERK_ROLE_SCOPES}). A role that is not named may do nothing. Without it {@link
   * RoleScopes#DEFAULT} holds.
   */
  Optional<String> roleScopes();

  /** How far the clocks of Clerk and this service may be apart. */
  @WithDefault("5S")
  Duration clockSkew();

  /** Age from which the keys are fetched again. */
  @WithDefault("1H")
  Duration keysFreshFor();

  /** Age up to which the keys count while Clerk does not answer. */
  @WithDefault("24H")
  Duration keysGoodFor();

  /** Time between two fetches, whatever tokens come: an unknown key id costs no more than that. */
  @WithDefault("10S")
  Duration keysPause();
}
