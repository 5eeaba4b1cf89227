package dev.nofate.audit.chain.proof;

/** What was found about a receipt. */
public sealed interface ReceiptVerdict {

  /** Why a receipt shows nothing; codes never change their meaning. */
  enum Code {
    /** What was signed is no checkpoint. */
    NOT_A_CHECKPOINT,
    /** No known key signed the checkpoint under its origin, or a signature is wrong. */
    NOT_SIGNED,
    /** The checkpoint's origin is not the log of the event's tenant. */
    OTHER_LOG,
    /** The index is not the event's, or the signed tree does not reach it. */
    OTHER_PLACE,
    /** The event and the hashes do not lead to the signed root. */
    NOT_INCLUDED
  }

  /** The event is in the log that was signed. */
  record Valid(LoggedEvent event, Checkpoint checkpoint) implements ReceiptVerdict {}

  /**
   * Nothing is shown.
   *
   * @param text what was observed
   */
  record Refused(Code code, String text) implements ReceiptVerdict {}
}
