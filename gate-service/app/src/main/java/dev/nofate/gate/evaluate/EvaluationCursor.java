package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;

/** Where a list of evaluations goes on; opaque on the wire. */
public record EvaluationCursor(OffsetDateTime receivedAt, UUID evaluation) {

  /** Reads what {@link #text} wrote; 400 when it is something else. */
  public static EvaluationCursor parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      int space = plain.indexOf(' ');
      return new EvaluationCursor(
          OffsetDateTime.parse(plain.substring(0, space)),
          UUID.fromString(plain.substring(space + 1)));
    } catch (RuntimeException e) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "after is not a cursor of this list");
    }
  }

  /** The opaque form. */
  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((receivedAt + " " + evaluation).getBytes(StandardCharsets.US_ASCII));
  }
}
