package dev.nofate.audit.signing;

import dev.nofate.audit.chain.note.VerifierKey;
import java.util.Base64;
import java.util.List;

/**
 * The public half of what signs checkpoints.
 *
 * @param host first part of every origin
 * @param origin form of an origin, which is also the name a key signs under
 * @param keys those that sign, the current one first, then those that did
 */
public record PublishedKeys(String host, String origin, List<Key> keys) {

  /**
   * A key.
   *
   * @param algorithm {@code Ed25519}
   * @param publicKey 32 raw bytes (RFC 8032) in Base 64
   * @param state {@code signing} or {@code retired}
   */
  public record Key(String algorithm, String publicKey, String state) {
    static Key of(VerifierKey key, String state) {
      return new Key("Ed25519", Base64.getEncoder().encodeToString(key.raw()), state);
    }
  }
}
