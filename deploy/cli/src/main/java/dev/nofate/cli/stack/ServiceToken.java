package dev.nofate.cli.stack;

import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Tokens of the stack's services (RFC 7519, RS256), for commands that send what a service would.
 */
public final class ServiceToken {

  private static final String ISSUER = "nofate-local";

  private ServiceToken() {}

  /** A token of a service, signed with the key that the stack made for it. */
  public static String mint(Home home, String service, Duration lifetime) {
    long now = Instant.now().getEpochSecond();
    String signed =
        part("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(service))
            + "."
            + part(
                "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"nofate\",\"iat\":%d,\"exp\":%d}"
                    .formatted(ISSUER, service, now, now + lifetime.toSeconds()));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(
          KeyFactory.getInstance("RSA")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(der(home.keys().resolve(service + ".pem")))));
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + encode(signature.sign());
    } catch (IOException | GeneralSecurityException e) {
      throw new CommandFailure("the key of " + service + " is not usable", e);
    }
  }

  private static byte[] der(Path pem) throws IOException {
    String body = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
    return Base64.getMimeDecoder().decode(body);
  }

  private static String part(String json) {
    return encode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
