package dev.nofate.audit.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.audit.chain.Fault;
import dev.nofate.audit.contract.ChainHead;

/**
 * What a verification found.
 *
 * @param valid whether every event is where and what the chain says
 * @param events when valid: how many were recomputed
 * @param head when valid: the end of the chain that was verified
 * @param firstBadSeq when not: the {@code seq} at which an intact chain would have gone on
 * @param reason when not: what is wrong there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerifyAnswer(
    boolean valid, Long events, ChainHead head, Long firstBadSeq, Reason reason) {

  /**
   * A fault.
   *
   * @param code stable
   * @param text what was observed
   */
  public record Reason(Fault.Code code, String text) {}

  static VerifyAnswer valid(long events, ChainHead head) {
    return new VerifyAnswer(true, events, head, null, null);
  }

  static VerifyAnswer broken(Fault fault) {
    return new VerifyAnswer(false, null, null, fault.seq(), new Reason(fault.code(), fault.text()));
  }
}
