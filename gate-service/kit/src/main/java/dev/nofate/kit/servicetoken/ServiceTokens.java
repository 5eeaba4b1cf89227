package dev.nofate.kit.servicetoken;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.util.KeyUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;

/** Makes service tokens: RS256, audience {@code nofate}, subject and key id the service's name. */
public final class ServiceTokens {

  /** The audience of every service token. */
  public static final String AUDIENCE = "nofate";

  private ServiceTokens() {}

  /** A token for a service, valid from now. */
  public static String mint(PrivateKey key, String service, String issuer, Duration lifetime) {
    Instant now = Instant.now();
    return Jwt.claims()
        .issuer(issuer)
        .subject(service)
        .audience(AUDIENCE)
        .issuedAt(now)
        .expiresAt(now.plus(lifetime))
        .jws()
        .keyId(service)
        .sign(key);
  }

  /**
   * Reads a private key.
   *
   * @param pem a PKCS#8 PEM file
   * @throws UncheckedIOException when the file cannot be read
   * @throws IllegalArgumentException when it holds no RSA key
   */
  public static PrivateKey readKey(Path pem) {
    try {
      return KeyUtils.decodePrivateKey(Files.readString(pem));
    } catch (IOException e) {
      throw new UncheckedIOException("the service token key was not readable", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the service token key is not a PKCS#8 RSA key", e);
    }
  }
}
