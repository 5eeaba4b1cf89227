package dev.nofate.audit.chain;

import java.util.Objects;

/**
 * An event and the hash that is stated for it; whether the hash is right, a {@link ChainVerifier}
 * says.
 */
public record Entry(Envelope envelope, ChainHash hash) {
  public Entry {
    Objects.requireNonNull(envelope, "envelope");
    Objects.requireNonNull(hash, "hash");
  }
}
