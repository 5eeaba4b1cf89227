package dev.nofate.audit.read;

import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query of the event list, as text: what it means, {@link FilterReader} says. */
public class EventParameters {

  @QueryParam("after")
  @Parameter(
      description = "The seq to continue behind; the value of next of the page before.",
      schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
  String after;

  @QueryParam("limit")
  @Parameter(
      description = "Most events on the page.",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
  String limit;

  @QueryParam("type")
  @Parameter(
      description = "Types to return, repeatable; absent means all.",
      example = "gate_failed")
  List<String> types;

  @QueryParam("subject")
  @Parameter(
      description = "The evaluation, key, ruleset or account that the events are about.",
      schema = @Schema(type = SchemaType.STRING, format = "uuid"))
  String subject;

  @QueryParam("from")
  @Parameter(
      description = "Earliest time, RFC 3339 UTC.",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  String from;

  @QueryParam("to")
  @Parameter(
      description = "Time before which the events lie, RFC 3339 UTC.",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  String to;
}
