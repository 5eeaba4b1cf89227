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

  /**
   * The OAuth application at Clerk through which people sign in to the console ({@code
   * CLERK_OAUTH_CLIENT_ID}). Without it the console has no sign-in of its own.
   */
  Optional<String> oauthClientId();

  /** The application's secret ({@code CLERK_OAUTH_CLIENT_SECRET}). */
  Optional<String> oauthClientSecret();

  /** The key of Clerk's Backend API, which knows memberships ({@code CLERK_SECRET_KEY}). */
  Optional<String> secretKey();

  /** The origin at which browsers see the console ({@code CONSOLE_ORIGIN}). */
  Optional<String> consoleOrigin();

  /** Age from which the membership behind a session of the console is looked up again. */
  @WithDefault("5M")
  Duration membershipFreshFor();

  /** Age up to which a membership counts while Clerk does not answer. */
  @WithDefault("1H")
  Duration membershipGoodFor();

  /** Time between two look-ups for one session. */
  @WithDefault("10S")
  Duration membershipPause();
}
