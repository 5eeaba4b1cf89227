package dev.nofate.billing.report;

import static dev.nofate.billing.postgres.Sql.instant;
import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.ledger.Entry;
import dev.nofate.billing.postgres.Sql;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was tried for entries that are not reported yet. What an attempt writes counts only as long
 * as no later one has begun.
 */
@ApplicationScoped
public class AttemptStore {

  private static final String FIND =
      """
      SELECT not_before, held_reason FROM report_attempts WHERE tenant_id = $1 AND entry_no = $2
      """;

  private static final String BEGIN =
      """
      INSERT INTO report_attempts AS a (tenant_id, entry_no, attempts, not_before)
      VALUES ($1, $2, 1, $3)
      ON CONFLICT (tenant_id, entry_no) DO UPDATE SET
        attempts = a.attempts + 1, not_before = excluded.not_before, last_failure = NULL
      RETURNING attempts, channel, first_sent_at, last_sent_at, subscription_id
      """;

  /** A lease that has run out, or became a wait after a failure, is not this process's to renew. */
  private static final String RENEW =
      """
      UPDATE report_attempts SET not_before = $4
      WHERE tenant_id = $1 AND entry_no = $2 AND attempts = $5
        AND not_before > $3 AND last_failure IS NULL
      """;

  private static final String SENDING =
      """
      UPDATE report_attempts SET channel = $4, first_sent_at = coalesce(first_sent_at, $5),
        last_sent_at = $5, subscription_id = $6
      WHERE tenant_id = $1 AND entry_no = $2 AND attempts = $3
      RETURNING first_sent_at
      """;

  private static final String FORGET =
      """
      UPDATE report_attempts SET channel = NULL, first_sent_at = NULL, last_sent_at = NULL,
        subscription_id = NULL, held_reason = NULL
      WHERE tenant_id = $1 AND entry_no = $2
      """;

  private static final String NOT_SENT = FORGET + "  AND attempts = $3\n";

  private static final String FAILED =
      """
      UPDATE report_attempts SET not_before = $4, last_failure = $5
      WHERE tenant_id = $1 AND entry_no = $2 AND attempts = $3
      """;

  private static final String HOLD =
      """
      UPDATE report_attempts SET held_reason = $4
      WHERE tenant_id = $1 AND entry_no = $2 AND attempts = $3
      """;

  private static final String RELEASED =
      """
      UPDATE report_attempts SET held_reason = NULL WHERE tenant_id = $1 AND entry_no = $2
      """;

  private static final String HELD =
      """
      SELECT tenant_id, entry_no, channel, first_sent_at, held_reason
      FROM report_attempts WHERE held_reason IS NOT NULL
      ORDER BY tenant_id LIMIT $1
      """;

  private static final String METERED =
      """
      SELECT coalesce(sum(r.quantity_cents), 0)::bigint AS cents
      FROM usage_ledger l
      JOIN usage_reports r ON r.tenant_id = l.tenant_id AND r.entry_no = l.entry_no
      WHERE l.tenant_id = $1 AND l.period_end > $2 AND l.period_end <= $3
        AND r.provider_reference = l.usage_hash
      """;

  /** Whether an attempt may begin. */
  Uni<Optional<Gate>> gate(SqlConnection connection, Entry entry) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(entry.tenant().value(), entry.entryNo()))
        .map(
            rows ->
                Sql.first(
                    rows,
                    row -> new Gate(instant(row, "not_before"), row.getString("held_reason"))));
  }

  Uni<Attempt> begin(SqlConnection connection, Entry entry, Instant until) {
    return connection
        .preparedQuery(BEGIN)
        .execute(Tuple.of(entry.tenant().value(), entry.entryNo(), utc(until)))
        .map(rows -> attempt(rows.iterator().next()));
  }

  Uni<Void> renew(SqlClient client, Entry entry, Attempt attempt, Instant now, Instant until) {
    return client
        .preparedQuery(RENEW)
        .execute(
            Tuple.of(
                entry.tenant().value(), entry.entryNo(), utc(now), utc(until), attempt.number()))
        .replaceWithVoid();
  }

  /**
   * From now on the provider may have the usage.
   *
   * @return when it was first sent; empty when another attempt has overtaken this one
   */
  Uni<Optional<Instant>> sending(
      SqlClient client,
      Entry entry,
      Attempt attempt,
      Channel channel,
      Instant now,
      String subscription) {
    return client
        .preparedQuery(SENDING)
        .execute(
            Tuple.of(
                entry.tenant().value(),
                entry.entryNo(),
                attempt.number(),
                channel.name(),
                utc(now),
                subscription))
        .map(rows -> Sql.first(rows, row -> instant(row, "first_sent_at")));
  }

  /** The provider certainly does not have the usage, says an attempt. */
  Uni<Void> notSent(SqlClient client, Entry entry, Attempt attempt) {
    return client
        .preparedQuery(NOT_SENT)
        .execute(Tuple.of(entry.tenant().value(), entry.entryNo(), attempt.number()))
        .replaceWithVoid();
  }

  /** The provider certainly does not have the usage, says an operator. */
  Uni<Void> forget(SqlClient client, TenantId tenant, long entryNo) {
    return client
        .preparedQuery(FORGET)
        .execute(Tuple.of(tenant.value(), entryNo))
        .replaceWithVoid();
  }

  Uni<Void> failed(SqlClient client, Entry entry, Attempt attempt, Instant next, String failure) {
    return client
        .preparedQuery(FAILED)
        .execute(
            Tuple.of(entry.tenant().value(), entry.entryNo(), attempt.number(), utc(next), failure))
        .replaceWithVoid();
  }

  Uni<Void> hold(SqlClient client, Entry entry, Attempt attempt, String reason) {
    return client
        .preparedQuery(HOLD)
        .execute(Tuple.of(entry.tenant().value(), entry.entryNo(), attempt.number(), reason))
        .replaceWithVoid();
  }

  /** Nobody waits for an operator's word any more. */
  Uni<Void> released(SqlClient client, TenantId tenant, long entryNo) {
    return client
        .preparedQuery(RELEASED)
        .execute(Tuple.of(tenant.value(), entryNo))
        .replaceWithVoid();
  }

  Uni<Boolean> isHeld(SqlConnection connection, TenantId tenant, long entryNo) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(tenant.value(), entryNo))
        .map(rows -> Sql.first(rows, row -> row.getString("held_reason") != null).orElse(false));
  }

  /** Reports that wait for an operator. */
  Uni<List<HeldReport>> held(SqlClient client, int limit) {
    return client
        .preparedQuery(HELD)
        .execute(Tuple.of(limit))
        .map(rows -> Sql.all(rows, HeldReport::of));
  }

  /** Cents of a tenant's entries that were metered with a time in a half-open span. */
  Uni<Long> metered(SqlClient client, TenantId tenant, Instant from, Instant to) {
    return client
        .preparedQuery(METERED)
        .execute(Tuple.of(tenant.value(), utc(from), utc(to)))
        .map(rows -> rows.iterator().next().getLong("cents"));
  }

  private static Attempt attempt(Row row) {
    String channel = row.getString("channel");
    return new Attempt(
        row.getInteger("attempts"),
        channel == null
            ? null
            : new Doubt(
                Channel.valueOf(channel),
                instant(row, "first_sent_at"),
                instant(row, "last_sent_at"),
                row.getString("subscription_id")));
  }

  /**
   * @param notBefore when the next attempt may begin
   * @param heldReason why none may; null when one may
   */
  record Gate(Instant notBefore, String heldReason) {}
}
