package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A span of time in which evaluations were received.
 *
 * @param from in it
 * @param to behind its end
 */
public record ReceivedRange(OffsetDateTime from, OffsetDateTime to) {

  /** Comes before every evaluation that was received at the same time. */
  private static final UUID FIRST = new UUID(0, 0);

  /** Two query parameters, RFC 3339; 400 when one is absent, no time, or they are in no order. */
  public static ReceivedRange parse(String from, String to) {
    ReceivedRange range = new ReceivedRange(time("from", from), time("to", to));
    if (!range.to.isAfter(range.from)) {
      throw refused("to is not later than from");
    }
    return range;
  }

  public Duration length() {
    return Duration.between(from, to);
  }

  /** Before the first evaluation in it. */
  public EvaluationCursor start() {
    return new EvaluationCursor(from, FIRST);
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
