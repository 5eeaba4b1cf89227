package dev.nofate.embedded;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The keys with which services sign their tokens when there is no Kubernetes to do it: one RSA-2048
 * pair a service, {@code <service>.pem} (PKCS#8, mode 600), and {@code jwks.json} with every public
 * key, {@code kid} being the service's name (RFC 7517). Beside them {@code audit-signing.pem}, the
 * Ed25519 key of the log's checkpoints.
 */
public final class ServiceKeys {

  /** The five services, as they call themselves in tokens and in their configuration. */
  public static final List<String> SERVICES =
      List.of("gate-service", "audit-service", "billing-service", "meter-worker", "invoice-worker");

  private static final int MODULUS_BITS = 2048;
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final Path folder;

  private ServiceKeys(Path folder) {
    this.folder = folder;
  }

  /** Makes the keys that are not there yet, keeps the others, and writes the JWK set. */
  public static ServiceKeys in(Path folder) {
    Folders.createPrivate(folder);
    ServiceKeys keys = new ServiceKeys(folder.toAbsolutePath().normalize());
    try {
      List<String> jwks = new ArrayList<>();
      for (String service : SERVICES) {
        jwks.add(jwk(service, keys.readOrMake(service)));
      }
      keys.makeSigningKey();
      Files.writeString(keys.jwks(), "{\"keys\":[%s]}%n".formatted(String.join(",", jwks)));
      return keys;
    } catch (IOException | GeneralSecurityException e) {
      throw new PartException(
          "cannot make the service keys in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The file with the service's private key. */
  public Path privateKey(String service) {
    return folder.resolve(service + ".pem");
  }

  /** The file with all public keys. */
  public Path jwks() {
    return folder.resolve("jwks.json");
  }

  /** The file with the Ed25519 key that audit-service signs with. */
  public Path auditSigningKey() {
    return folder.resolve("audit-signing.pem");
  }

  private void makeSigningKey() throws IOException, GeneralSecurityException {
    if (!Files.exists(auditSigningKey())) {
      write(
          auditSigningKey(),
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded());
    }
  }

  private RSAPrivateCrtKey readOrMake(String service) throws IOException, GeneralSecurityException {
    Path file = privateKey(service);
    if (Files.exists(file)) {
      return read(file);
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(MODULUS_BITS);
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    write(file, key.getEncoded());
    return key;
  }

  private static void write(Path file, byte[] key) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    String body = Base64.getMimeEncoder(64, newline).encodeToString(key);
    Files.writeString(file, BEGIN + "\n" + body + "\n" + END + "\n");
  }

  private static RSAPrivateCrtKey read(Path file) throws IOException, GeneralSecurityException {
    String body = Files.readString(file).replace(BEGIN, "").replace(END, "");
    byte[] encoded = Base64.getMimeDecoder().decode(body);
    return (RSAPrivateCrtKey)
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  private static String jwk(String service, RSAPrivateCrtKey key) {
    return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}"
        .formatted(service, unsigned(key.getModulus()), unsigned(key.getPublicExponent()));
  }

  /** Base64urlUInt of RFC 7518, section 2: big-endian without leading zero octets. */
  private static String unsigned(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    byte[] trimmed = java.util.Arrays.copyOfRange(bytes, skip, bytes.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(trimmed);
  }
}
