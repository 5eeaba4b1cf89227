package dev.nofate.billing.provider;

/** The provider was certainly not asked. The message holds nothing that was to be sent. */
public final class NotReachedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotReachedException(String observed) {
    super(observed);
  }
}
