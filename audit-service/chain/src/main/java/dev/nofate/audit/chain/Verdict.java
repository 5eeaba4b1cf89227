package dev.nofate.audit.chain;

/** What a {@link ChainVerifier} found in the events it was given. */
public sealed interface Verdict {

  /**
   * Every event was where and what the chain says.
   *
   * @param events how many were verified
   * @param head the place behind the last of them
   */
  record Valid(long events, Position head) implements Verdict {}

  /**
   * The chain breaks.
   *
   * @param fault the first place at which it does
   */
  record Broken(Fault fault) implements Verdict {}
}
