package dev.nofate.gate.secret;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Secrets that keys and salts are derived under. */
@ConfigMapping(prefix = "nofate.secrets")
public interface SecretConfig {

  /**
   * {@code API_SECRET_SALT}: the current secret first, then those still accepted while rotating. At
   * least 32 characters each.
   */
  Optional<List<String>> salts();
}
