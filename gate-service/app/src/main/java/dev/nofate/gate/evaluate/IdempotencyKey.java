package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.id.DerivedId;
import dev.nofate.kit.problem.ProblemException;
import java.util.List;
import java.util.UUID;

/** The value of the header {@code Idempotency-Key}: 1 to 255 printable ASCII characters. */
record IdempotencyKey(String text) {

  static final String HEADER = "Idempotency-Key";
  private static final int MAX_LENGTH = 255;

  static IdempotencyKey of(List<String> headers) {
    if (headers.size() != 1) {
      throw refused(headers.isEmpty() ? "was absent" : "occurred more than once");
    }
    String text = headers.get(0);
    if (text.isEmpty()
        || text.length() > MAX_LENGTH
        || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw refused("was not 1 to " + MAX_LENGTH + " printable ASCII characters");
    }
    return new IdempotencyKey(text);
  }

  /** The evaluation that the key stands for within its tenant. */
  UUID evaluation(TenantId tenant) {
    return DerivedId.of("evaluation", tenant, text);
  }

  /** Keys may carry meaning to their owner, so they stay out of logs. */
  @Override
  public String toString() {
    return "IdempotencyKey[***]";
  }

  private static ProblemException refused(String observed) {
    return new ProblemException(
        ErrorCode.IDEMPOTENCY_KEY_MISSING, "The header Idempotency-Key " + observed);
  }
}
