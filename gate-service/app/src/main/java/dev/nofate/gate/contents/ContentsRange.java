package dev.nofate.gate.contents;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.evaluate.EvaluationCursor;
import dev.nofate.kit.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of a fetch of stored requests. */
public class ContentsRange {

  /** Comes before every evaluation that was received at the same time. */
  private static final UUID FIRST = new UUID(0, 0);

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
    OffsetDateTime start = time("from", from);
    OffsetDateTime end = time("to", to);
    if (!end.isAfter(start)) {
      throw refused("to is not later than from");
    }
    EvaluationCursor first = new EvaluationCursor(start, FIRST);
    return new Checked(after == null ? first : behind(EvaluationCursor.parse(after), first), end);
  }

  private static EvaluationCursor behind(EvaluationCursor cursor, EvaluationCursor first) {
    return cursor.receivedAt().isBefore(first.receivedAt()) ? first : cursor;
  }

  private static OffsetDateTime time(String name, String text) {
    if (text == null) {
      throw refused(name + " is absent");
    }
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw refused(name + " is not an RFC 3339 time");
    }
  }

  private static ProblemException refused(String observed) {
    return new ProblemException(ErrorCode.BAD_REQUEST, observed);
  }
}
