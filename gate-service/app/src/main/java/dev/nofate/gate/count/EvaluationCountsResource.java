package dev.nofate.gate.count;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.EvaluationCountsApi;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Counts stored evaluations for billing-service's reconciliation. An evaluation belongs to a range
 * by its place in the chain; the times only bound what is read, by the index there is.
 */
@RolesAllowed("service:billing-service")
public class EvaluationCountsResource implements EvaluationCountsApi {

  /** Between receiving a request and logging it lie seconds, and clocks may differ. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private static final String COUNT =
      """
      SELECT count(*) AS evaluations FROM evaluations
      WHERE tenant_id = $1 AND received_at >= $2 AND received_at < $3 AND last_seq BETWEEN $4 AND $5
      """;

  private final TenantDb db;

  EvaluationCountsResource(TenantDb db) {
    this.db = db;
  }

  @Override
  @Operation(hidden = true)
  public Uni<Answered> answered(
      TenantId tenant, long firstSeq, long lastSeq, String from, String to) {
    OffsetDateTime earliest = time(from, "from").minus(MARGIN).atOffset(ZoneOffset.UTC);
    OffsetDateTime latest = time(to, "to").plus(MARGIN).atOffset(ZoneOffset.UTC);
    return db.execute(tenant, COUNT, Tuple.of(tenant.value(), earliest, latest, firstSeq, lastSeq))
        .map(rows -> new Answered(rows.iterator().next().getLong("evaluations")));
  }

  private static Instant time(String text, String parameter) {
    try {
      return Instant.parse(text == null ? "" : text);
    } catch (DateTimeParseException e) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, parameter + " is not RFC 3339 in UTC");
    }
  }
}
