package dev.nofate.kit.servicetoken;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How a service proves its name to the others, and whose proofs it accepts. */
@ConfigMapping(prefix = "nofate.service-token")
public interface ServiceTokenConfig {

  /** File or URL of the JWK set with the services' public keys ({@code SERVICE_TOKEN_JWKS}). */
  Optional<String> jwks();

  /** PKCS#8 PEM file of this service's private key ({@code SERVICE_TOKEN_KEY_FILE}). */
  Optional<String> keyFile();

  /** File of a projected token, read again as it changes ({@code SERVICE_TOKEN_FILE}). */
  Optional<String> tokenFile();

  /** The {@code iss} of tokens ({@code SERVICE_TOKEN_ISSUER}). */
  @WithDefault("nofate-local")
  String issuer();

  /**
   * What stands before the service's name in {@code sub}; in Kubernetes {@code
   * system:serviceaccount:<namespace>:} ({@code SERVICE_TOKEN_SUBJECT_PREFIX}).
   */
  @WithDefault("")
  Optional<String> subjectPrefix();

  /** Lifetime of a token that the service signs itself. */
  @WithDefault("5M")
  Duration lifetime();

  /** How long a token file's content is used before the file is read again. */
  @WithDefault("30S")
  Duration reread();

  /** How many verified tokens are remembered until they expire. */
  @WithDefault("1000")
  int verifiedTokens();
}
