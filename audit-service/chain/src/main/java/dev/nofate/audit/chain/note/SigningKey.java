package dev.nofate.audit.chain.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;

/** An Ed25519 key pair that signs notes under any name. Says nothing of the private key. */
public final class SigningKey {

  private static final String PROBE = "probe\n";

  private final PrivateKey key;
  private final byte[] raw;

  /**
   * @param raw the 32 bytes of the public key
   * @throws IllegalArgumentException when the two are no pair
   */
  public SigningKey(PrivateKey key, byte[] raw) {
    this.key = key;
    this.raw = raw.clone();
    if (!verifier("probe").verifies(PROBE.getBytes(UTF_8), signature(PROBE))) {
      throw new IllegalArgumentException("the private and the public key are no pair");
    }
  }

  /** Who checks what this key signs under a name. */
  public VerifierKey verifier(String name) {
    return VerifierKey.of(name, raw);
  }

  /** Signs the text of a note under a name. */
  public NoteSignature sign(String name, String text) {
    return new NoteSignature(name, verifier(name).id(), signature(text));
  }

  private byte[] signature(String text) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(text.getBytes(UTF_8));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key signs no text", e);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[public=" + Arrays.hashCode(raw) + "]";
  }
}
