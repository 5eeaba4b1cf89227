package dev.nofate.gate.contents;

import dev.nofate.gate.evaluate.EvaluationCursor;
import dev.nofate.gate.evaluate.ReceivedRange;
import jakarta.ws.rs.QueryParam;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of a fetch of stored requests. */
public class ContentsRange {

  @Parameter(description = "Received at or after this time, RFC 3339", required = true)
  @QueryParam("from")
  String from;

  @Parameter(description = "Received before this time, RFC 3339", required = true)
  @QueryParam("to")
  String to;

  @Parameter(description = "The value of after in the last whole line of a request before")
  @QueryParam("after")
  String after;

  /** The parameters read and checked; {@code behind} is where the lines start. */
  record Checked(EvaluationCursor behind, OffsetDateTime to) {}

  Checked checked() {
    ReceivedRange range = ReceivedRange.parse(from, to);
    EvaluationCursor first = range.start();
    return new Checked(
        after == null ? first : behind(EvaluationCursor.parse(after), first), range.to());
  }

  private static EvaluationCursor behind(EvaluationCursor cursor, EvaluationCursor first) {
    return cursor.receivedAt().isBefore(first.receivedAt()) ? first : cursor;
  }
}
