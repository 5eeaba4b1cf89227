package dev.nofate.gate.backtest;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.evaluate.EvaluationCursor;
import dev.nofate.gate.evaluate.ReceivedRange;
import dev.nofate.gate.paging.PageQuery;
import dev.nofate.kit.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of a backtest. */
public class BacktestRange {

  @Parameter(description = "Received at or after this time, RFC 3339", required = true)
  @QueryParam("from")
  String from;

  @Parameter(description = "Received before this time, RFC 3339", required = true)
  @QueryParam("to")
  String to;

  @Parameter(description = "The value of next in the last line of the request before")
  @QueryParam("after")
  String after;

  @Parameter(
      description = "Evaluations to examine; absent is as many as one request examines at most",
      schema = @Schema(type = SchemaType.INTEGER, format = "int32", minimum = "1"))
  @QueryParam("limit")
  String limit;

  /** A range that was not read from a query; null is absent. */
  public static BacktestRange of(String from, String to, String after, String limit) {
    BacktestRange range = new BacktestRange();
    range.from = from;
    range.to = to;
    range.after = after;
    range.limit = limit;
    return range;
  }

  /** The parameters read and checked; {@code behind} is where examining starts. */
  record Checked(OffsetDateTime from, OffsetDateTime to, EvaluationCursor behind, int limit) {}

  Checked checked(BacktestConfig config) {
    ReceivedRange range = ReceivedRange.parse(from, to);
    if (range.length().compareTo(config.range()) > 0) {
      throw new ProblemException(
          ErrorCode.BAD_REQUEST, "The range is longer than " + config.range().toDays() + " days");
    }
    return new Checked(
        range.from(),
        range.to(),
        after == null ? range.start() : EvaluationCursor.parse(after),
        PageQuery.number(limit, "limit", config.evaluations(), 1, config.evaluations()));
  }
}
