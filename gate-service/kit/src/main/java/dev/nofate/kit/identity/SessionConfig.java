package dev.nofate.kit.identity;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Sessions of people, as every service sees them. */
@ConfigMapping(prefix = "nofate.sessions")
public interface SessionConfig {

  /**
   * Origins whose pages may use a session's cookie from another origin than the service's own
   * ({@code CLERK_AUTHORIZED_PARTIES}).
   */
  Optional<List<String>> allowedOrigins();
}
