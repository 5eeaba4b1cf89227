package dev.nofate.billing.provider;

/**
 * The provider answered with a failure of its own that it has stored under the call's name, and
 * will for a day. What the call was about may be there all the same.
 */
public final class StoredFailureException extends OutcomeUnknownException {

  private static final long serialVersionUID = 1L;

  public StoredFailureException(String observed) {
    super(observed);
  }
}
