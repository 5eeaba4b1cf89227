package dev.nofate.gate.signin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Sign-in links and the sessions that they open. */
@ConfigMapping(prefix = "nofate.sign-in")
public interface SignInConfig {

  /** How long a link is good; it is good once. */
  @WithDefault("15M")
  Duration linkTtl();

  /** How long a session lasts, whatever happens in it. */
  @WithDefault("8H")
  Duration sessionTtl();
}
