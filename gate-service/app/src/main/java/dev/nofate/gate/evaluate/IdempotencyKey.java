package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.id.DerivedId;
import dev.nofate.kit.problem.ProblemException;
import java.util.List;
import java.util.UUID;

/** An evaluation's key, out of a header or a batch's item: 1 to 255 printable ASCII characters. */
record IdempotencyKey(String text) {

  static final String HEADER = "Idempotency-Key";
  private static final String THE_HEADER = "The header " + HEADER;
  private static final int MAX_LENGTH = 255;

  /** Reads the header; 400 when it is absent, repeated or of another form. */
  static IdempotencyKey of(List<String> headers) {
    if (headers.size() != 1) {
      throw refused(THE_HEADER, headers.isEmpty() ? "was absent" : "occurred more than once");
    }
    return of(headers.get(0), THE_HEADER);
  }

  /** Reads an item's member {@code idempotency_key}; 400 when it is of another form. */
  static IdempotencyKey ofItem(String text) {
    return of(text, "The item's idempotency_key");
  }

  private static IdempotencyKey of(String text, String place) {
    if (text.isEmpty()
        || text.length() > MAX_LENGTH
        || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw refused(place, "was not 1 to " + MAX_LENGTH + " printable ASCII characters");
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

  private static ProblemException refused(String place, String observed) {
    return new ProblemException(ErrorCode.IDEMPOTENCY_KEY_MISSING, place + " " + observed);
  }
}
