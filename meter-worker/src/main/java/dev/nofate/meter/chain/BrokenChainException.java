package dev.nofate.meter.chain;

/** The chain as read contradicts what a chain is. Nothing is metered from it until it is mended. */
public final class BrokenChainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokenChainException(String message) {
    super(message);
  }
}
