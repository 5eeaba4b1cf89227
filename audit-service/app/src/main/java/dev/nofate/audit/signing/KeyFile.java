package dev.nofate.audit.signing;

import dev.nofate.audit.chain.note.SigningKey;
import dev.nofate.audit.chain.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 private key in a file: PKCS#8 in PEM, as {@code openssl genpkey -algorithm ed25519}
 * writes.
 */
final class KeyFile {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private KeyFile() {}

  /**
   * Reads the pair.
   *
   * @throws IllegalArgumentException when the file holds no such key; says nothing of its content
   */
  static SigningKey read(Path file) {
    try {
      String text = Files.readString(file);
      int begin = text.indexOf(BEGIN);
      int end = text.indexOf(END);
      if (begin < 0 || end < begin) {
        throw new IllegalArgumentException("no private key in PEM");
      }
      byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
      EdECPrivateKey key =
          (EdECPrivateKey)
              KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
      return new SigningKey(key, publicKey(key.getBytes().orElseThrow()));
    } catch (IOException | GeneralSecurityException | ClassCastException e) {
      throw new IllegalArgumentException("not readable as an Ed25519 key", e);
    }
  }

  /** The platform derives a public key only while it makes a pair: it is made of this seed. */
  private static byte[] publicKey(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(
        NamedParameterSpec.ED25519,
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
          }
        });
    byte[] spki = generator.generateKeyPair().getPublic().getEncoded();
    return Arrays.copyOfRange(spki, spki.length - VerifierKey.LENGTH, spki.length);
  }
}
