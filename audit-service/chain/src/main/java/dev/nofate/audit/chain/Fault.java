package dev.nofate.audit.chain;

/**
 * The first place at which a chain is not what it says it is.
 *
 * @param seq the {@code seq} at which an intact chain would have gone on
 * @param code what kind of fault; codes never change their meaning
 * @param text what was observed, without any content of the payload
 */
public record Fault(long seq, Code code, String text) {

  /** The kinds of faults. */
  public enum Code {
    /** The line exceeds {@link ExportLine#MAX_CHARS}. */
    LINE_TOO_LONG,
    /** Not one strict JSON object, or a member of the wrong type or form. */
    MALFORMED,
    /** A member that no envelope of this version has. */
    UNKNOWN_MEMBER,
    /** A member that every envelope has is absent. */
    MISSING_MEMBER,
    /** {@code v} is not 1. */
    UNKNOWN_VERSION,
    /** {@code at} is not UTC with six fraction digits. */
    TIME_MALFORMED,
    /** The payload is no JSON object of the canonical form's domain. */
    PAYLOAD_MALFORMED,
    /** Another tenant's event. */
    TENANT_CHANGED,
    /** One or more events are absent here. */
    SEQ_MISSING,
    /** An event that stood here or earlier comes again, or out of order. */
    SEQ_REPEATED,
    /** {@code at} is earlier than that of the event before. */
    TIME_BACKWARDS,
    /** The stated hash is not the hash of the content. */
    HASH_MISMATCH,
    /** Nothing was there to verify, and no tenant was named. */
    NO_EVENTS
  }
}
