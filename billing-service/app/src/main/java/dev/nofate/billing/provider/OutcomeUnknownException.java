package dev.nofate.billing.provider;

/** The provider may or may not have done what was asked. The message holds nothing it sent. */
public class OutcomeUnknownException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public OutcomeUnknownException(String observed) {
    super(observed);
  }
}
