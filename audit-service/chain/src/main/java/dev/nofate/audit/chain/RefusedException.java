package dev.nofate.audit.chain;

/** A text was not the event, or the payload, that it was read as. Holds nothing of the text. */
public final class RefusedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final Fault.Code code;

  RefusedException(Fault.Code code, String observed) {
    super(observed);
    this.code = code;
  }

  /** What kind of fault it was. */
  public Fault.Code code() {
    return code;
  }
}
