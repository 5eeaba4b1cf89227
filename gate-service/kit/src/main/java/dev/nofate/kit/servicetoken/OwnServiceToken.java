package dev.nofate.kit.servicetoken;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** This service's own token: signed here with its key, or read from a projected file. */
@Unremovable
@ApplicationScoped
public class OwnServiceToken {

  private record Held(String token, Instant renewAt) {}

  private final ServiceTokenConfig config;
  private final String service;
  private PrivateKey key;
  private volatile Held held = new Held("", Instant.MIN);

  public OwnServiceToken(
      ServiceTokenConfig config,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.config = config;
    this.service = service;
  }

  /**
   * A token with most of its lifetime left.
   *
   * @throws IllegalStateException when neither a key nor a token file is configured
   */
  public String get() {
    Held current = held;
    return Instant.now().isBefore(current.renewAt()) ? current.token() : renew();
  }

  private synchronized String renew() {
    Instant now = Instant.now();
    if (now.isBefore(held.renewAt())) {
      return held.token();
    }
    held =
        config
            .tokenFile()
            .map(file -> new Held(read(Path.of(file)), now.plus(config.reread())))
            .or(() -> config.keyFile().map(file -> signed(Path.of(file), now)))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "neither SERVICE_TOKEN_FILE nor SERVICE_TOKEN_KEY_FILE is set"));
    return held.token();
  }

  private Held signed(Path file, Instant now) {
    if (key == null) {
      key = ServiceTokens.readKey(file);
    }
    Duration half = config.lifetime().dividedBy(2);
    return new Held(
        ServiceTokens.mint(key, service, config.issuer(), config.lifetime()), now.plus(half));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).trim();
    } catch (IOException e) {
      throw new UncheckedIOException("the service token file was not readable", e);
    }
  }
}
