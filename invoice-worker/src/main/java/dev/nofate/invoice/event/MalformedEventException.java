package dev.nofate.invoice.event;

/** A stored event that can't be read. The message names a member, never its content. */
public final class MalformedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedEventException(String message) {
    super(message);
  }
}
