package dev.nofate.billing.provider;

/** The provider did not do what was asked. The message holds nothing it sent but its codes. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RefusedException(String observed) {
    super(observed);
  }
}
