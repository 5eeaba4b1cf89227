package dev.nofate.audit.auditor;

import dev.nofate.audit.chain.Fault;

/**
 * Where a chain is not what it was.
 *
 * @param seq the first place that is known to differ
 * @param code a {@link Fault.Code}, or one of this class
 * @param text what was observed, without content
 */
record Difference(long seq, String code, String text) {

  static Difference of(Fault fault) {
    return new Difference(fault.seq(), fault.code().name(), fault.text());
  }

  static Difference tailMissing(long seq, long known) {
    return new Difference(
        seq + 1, "TAIL_MISSING", "the chain ends at " + seq + ", and was known up to " + known);
  }

  static Difference rootDiffers(long size) {
    return new Difference(
        size,
        "CHECKPOINT_DIFFERS",
        "the root of the first " + size + " events is not what was signed");
  }

  static Difference notSigned(long seq) {
    return new Difference(
        seq + 1, "CHECKPOINT_NOT_SIGNED", "a kept checkpoint bears no signature of the log");
  }

  static Difference progressForged() {
    return new Difference(1, "PROGRESS_NOT_SIGNED", "the auditor's progress was not written by it");
  }
}
