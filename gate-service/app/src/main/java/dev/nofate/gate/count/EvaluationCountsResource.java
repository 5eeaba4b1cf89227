package dev.nofate.gate.count;

import dev.nofate.gate.audit.AuditLog;
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
 * by its place in the chain; the times only bound what is read, by the index there is. Beside it
 * stands how far the log reaches, since what lies behind its end is in no range.
 */
@RolesAllowed("service:billing-service")
public class EvaluationCountsResource implements EvaluationCountsApi {

  /** Between receiving a request and logging it lie seconds, and clocks may differ. */
  private static final Duration MARGIN = Duration.ofHours(1);

  /** How long the log may take; the counts do without it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Among so many of the newest, by the index of times, stands the highest place. */
  private static final int NEWEST = 1000;

  private static final String COUNT =
      """
      SELECT
        (SELECT count(*) FROM evaluations
          WHERE tenant_id = $1 AND received_at >= $2 AND received_at < $3
            AND last_seq BETWEEN $4 AND $5) AS evaluations,
        (SELECT coalesce(max(last_seq), 0) FROM (
          SELECT last_seq FROM evaluations
          WHERE tenant_id = $1 ORDER BY received_at DESC, evaluation_id DESC LIMIT $6) newest
        ) AS last_place
      """;

  private final TenantDb db;
  private final AuditLog log;

  EvaluationCountsResource(TenantDb db, AuditLog log) {
    this.db = db;
    this.log = log;
  }

  @Override
  @Operation(hidden = true)
  public Uni<Answered> answered(
      TenantId tenant, long firstSeq, long lastSeq, String from, String to) {
    OffsetDateTime earliest = time(from, "from").minus(MARGIN).atOffset(ZoneOffset.UTC);
    OffsetDateTime latest = time(to, "to").plus(MARGIN).atOffset(ZoneOffset.UTC);
    return db.execute(
            tenant, COUNT, Tuple.of(tenant.value(), earliest, latest, firstSeq, lastSeq, NEWEST))
        .map(rows -> rows.iterator().next())
        .flatMap(
            row ->
                logEnd(tenant)
                    .map(
                        end ->
                            new Answered(
                                row.getLong("evaluations"), row.getLong("last_place"), end)));
  }

  /**
   * Asked after the place was read: what is stored was appended before, so the end is behind it.
   */
  private Uni<Long> logEnd(TenantId tenant) {
    return log.end(tenant).ifNoItem().after(PATIENCE).fail().onFailure().recoverWithNull();
  }

  private static Instant time(String text, String parameter) {
    try {
      return Instant.parse(text == null ? "" : text);
    } catch (DateTimeParseException e) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, parameter + " is not RFC 3339 in UTC");
    }
  }
}
