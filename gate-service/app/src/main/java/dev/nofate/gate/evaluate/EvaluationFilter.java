package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.engine.Gate;
import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.RulesetReference;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.paging.PageQuery;
import dev.nofate.kit.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of the list of evaluations. */
public class EvaluationFilter {

  private static final int MAX_PAGE = 100;
  private static final int DEFAULT_PAGE = 50;

  @Parameter(description = "One of the four terminal states")
  @QueryParam("state")
  String state;

  @Parameter(description = "The gate that failed")
  @QueryParam("gate")
  String gate;

  @Parameter(description = "The reason's code")
  @QueryParam("code")
  String code;

  @Parameter(description = "forward or backward")
  @QueryParam("direction")
  String direction;

  @Parameter(description = "The ruleset's name")
  @QueryParam("ruleset")
  String ruleset;

  @Parameter(description = "Received at or after this time, RFC 3339")
  @QueryParam("from")
  String from;

  @Parameter(description = "Received before this time, RFC 3339")
  @QueryParam("to")
  String to;

  @Parameter(description = "The value of next of the page before")
  @QueryParam("after")
  String after;

  @Parameter(
      description = "1 to 100",
      schema = @Schema(type = SchemaType.INTEGER, format = "int32", defaultValue = "50"))
  @QueryParam("limit")
  String limit;

  /** A filter that was not read from a query; null is absent. */
  public static EvaluationFilter of(
      String state,
      String gate,
      String code,
      String direction,
      String ruleset,
      String from,
      String to,
      String after,
      String limit) {
    EvaluationFilter filter = new EvaluationFilter();
    filter.state = state;
    filter.gate = gate;
    filter.code = code;
    filter.direction = direction;
    filter.ruleset = ruleset;
    filter.from = from;
    filter.to = to;
    filter.after = after;
    filter.limit = limit;
    return filter;
  }

  /** The filter with its values read and checked. */
  record Checked(
      String state,
      String gate,
      String code,
      String direction,
      String ruleset,
      OffsetDateTime from,
      OffsetDateTime to,
      EvaluationCursor after,
      int limit) {}

  Checked checked() {
    if (state != null && Arrays.stream(State.values()).noneMatch(s -> s.name().equals(state))) {
      throw refused("state is not a terminal state");
    }
    if (gate != null && Arrays.stream(Gate.values()).noneMatch(g -> g.wireName().equals(gate))) {
      throw refused("gate is not a gate");
    }
    if (code != null && Arrays.stream(ReasonCode.values()).noneMatch(c -> c.name().equals(code))) {
      throw refused("code is not a reason's code");
    }
    if (direction != null
        && Arrays.stream(Direction.values()).noneMatch(d -> d.wireName().equals(direction))) {
      throw refused("direction is neither forward nor backward");
    }
    if (ruleset != null && !RulesetReference.NAME.matcher(ruleset).matches()) {
      throw refused("ruleset is not a ruleset's name");
    }
    return new Checked(
        state,
        gate,
        code,
        direction,
        ruleset,
        time("from", from),
        time("to", to),
        after == null ? null : EvaluationCursor.parse(after),
        PageQuery.number(limit, "limit", DEFAULT_PAGE, 1, MAX_PAGE));
  }

  private static OffsetDateTime time(String name, String text) {
    if (text == null) {
      return null;
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
