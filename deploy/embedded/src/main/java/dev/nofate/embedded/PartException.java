package dev.nofate.embedded;

/**
 * A part did not do what was asked of it. The message carries the end of its own output, never a
 * secret.
 */
public final class PartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PartException(String message) {
    super(message);
  }

  public PartException(String message, Throwable cause) {
    super(message, cause);
  }
}
