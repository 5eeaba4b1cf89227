package dev.nofate.cli;

/**
 * A command could not do what it is for; the message says what was observed, in a sentence or a few
 * lines.
 */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }

  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
