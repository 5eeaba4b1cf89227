package dev.nofate.gate.signin;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.Purpose;
import dev.nofate.gate.db.TenantDb;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of {@code console_links} and {@code console_sessions}. */
@ApplicationScoped
class SessionStore {

  /** Whom a link lets in. */
  record Opened(TenantId tenant, Role role) {}

  private final TenantDb db;

  SessionStore(TenantDb db) {
    this.db = db;
  }

  /**
   * Keeps a link, and forgets the tenant's links and sessions that ended long ago. False: no such
   * tenant.
   */
  Uni<Boolean> insertLink(byte[] hmac, TenantId tenant, Role role, Instant now, Instant expiry) {
    return db.execute(
            tenant,
            """
            WITH old_links AS (
              DELETE FROM console_links
              WHERE tenant_id = $2 AND expires_at < $5::timestamptz - interval '1 day'),
            old_sessions AS (
              DELETE FROM console_sessions
              WHERE tenant_id = $2 AND expires_at < $5::timestamptz - interval '1 day')
            INSERT INTO console_links (token_hmac, tenant_id, role, expires_at)
            SELECT $1, tenant_id, $3, $4 FROM tenants WHERE tenant_id = $2
            """,
            Tuple.of(
                io.vertx.core.buffer.Buffer.buffer(hmac),
                tenant.value(),
                role.wireName(),
                utc(expiry),
                utc(now)))
        .map(rows -> rows.rowCount() > 0);
  }

  /** Uses a link up; empty when it is unknown, used or too old: nobody can tell which. */
  Uni<Optional<Opened>> useLink(List<byte[]> hmacs, Instant now) {
    return db.execute(
            Purpose.AUTHENTICATION,
            "SELECT tenant_id FROM console_links WHERE token_hmac = ANY ($1)",
            Tuple.tuple().addValue(buffers(hmacs)))
        .chain(
            rows ->
                rows.size() == 0
                    ? Uni.createFrom().item(Optional.empty())
                    : useLink(
                        new TenantId(rows.iterator().next().getUUID("tenant_id")), hmacs, now));
  }

  /** Of those who come with the same link, one finds it unused. */
  private Uni<Optional<Opened>> useLink(TenantId tenant, List<byte[]> hmacs, Instant now) {
    return db.execute(
            tenant,
            """
            UPDATE console_links SET used_at = $3
            WHERE tenant_id = $1 AND token_hmac = ANY ($2) AND used_at IS NULL AND expires_at > $3
            RETURNING role
            """,
            Tuple.tuple()
                .addUUID(tenant.value())
                .addValue(buffers(hmacs))
                .addOffsetDateTime(utc(now)))
        .map(
            rows ->
                first(rows)
                    .map(row -> new Opened(tenant, Role.of(row.getString("role")).orElseThrow())));
  }

  /** Keeps a session, and forgets the tenant's that ended long ago. */
  Uni<Void> insertSession(Session session, byte[] hmac, Instant now) {
    Membership member = session.holder() instanceof Membership found ? found : null;
    return db.execute(
            session.tenant(),
            """
            WITH old_sessions AS (
              DELETE FROM console_sessions
              WHERE tenant_id = $2 AND expires_at < $5::timestamptz - interval '1 day')
            INSERT INTO console_sessions
              (session_id, tenant_id, role, token_hmac, created_at, expires_at,
               clerk_user_id, clerk_org_id, clerk_role, membership_seen_at, membership_asked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
            """,
            Tuple.tuple()
                .addUUID(session.id())
                .addUUID(session.tenant().value())
                .addString(member == null ? session.holder().roleName() : null)
                .addValue(io.vertx.core.buffer.Buffer.buffer(hmac))
                .addOffsetDateTime(utc(now))
                .addOffsetDateTime(utc(session.expiresAt()))
                .addString(member == null ? null : member.user())
                .addString(member == null ? null : member.organization())
                .addString(member == null ? null : member.role())
                .addOffsetDateTime(member == null ? null : utc(member.seenAt())))
        .replaceWithVoid();
  }

  /** Where it came from an organization, the tenant is still linked to that one. */
  Uni<Optional<Session>> find(List<byte[]> hmacs, Instant now) {
    return db.execute(
            Purpose.AUTHENTICATION,
            """
            SELECT s.session_id, s.tenant_id, t.name, s.role, s.expires_at,
              s.clerk_user_id, s.clerk_org_id, s.clerk_role, s.membership_seen_at
            FROM console_sessions s JOIN tenants t USING (tenant_id)
            WHERE s.token_hmac = ANY ($1) AND s.ended_at IS NULL AND s.expires_at > $2
              AND (s.clerk_org_id IS NULL OR s.clerk_org_id = t.clerk_org_id)
            """,
            Tuple.tuple().addValue(buffers(hmacs)).addOffsetDateTime(utc(now)))
        .map(rows -> first(rows).map(SessionStore::session));
  }

  private static Session session(Row row) {
    String role = row.getString("role");
    Holder holder =
        role != null
            ? Role.of(role).orElseThrow()
            : new Membership(
                row.getString("clerk_user_id"),
                row.getString("clerk_org_id"),
                row.getString("clerk_role"),
                row.getOffsetDateTime("membership_seen_at").toInstant());
    return new Session(
        row.getUUID("session_id"),
        new TenantId(row.getUUID("tenant_id")),
        row.getString("name"),
        holder,
        row.getOffsetDateTime("expires_at").toInstant());
  }

  /** Whether this request is the one that looks the membership up again. */
  Uni<Boolean> claimRecheck(Session session, Instant now, Instant askedBefore) {
    return db.execute(
            session.tenant(),
            """
            UPDATE console_sessions SET membership_asked_at = $3
            WHERE tenant_id = $1 AND session_id = $2 AND membership_asked_at <= $4
            """,
            Tuple.of(session.tenant().value(), session.id(), utc(now), utc(askedBefore)))
        .map(rows -> rows.rowCount() > 0);
  }

  Uni<Void> noteMembership(Session session, Membership member) {
    return db.execute(
            session.tenant(),
            """
            UPDATE console_sessions SET clerk_role = $3, membership_seen_at = $4
            WHERE tenant_id = $1 AND session_id = $2
            """,
            Tuple.of(session.tenant().value(), session.id(), member.role(), utc(member.seenAt())))
        .replaceWithVoid();
  }

  Uni<Optional<String>> tenantName(TenantId tenant) {
    return db.execute(
            tenant, "SELECT name FROM tenants WHERE tenant_id = $1", Tuple.of(tenant.value()))
        .map(rows -> first(rows).map(row -> row.getString("name")));
  }

  Uni<Void> end(TenantId tenant, UUID session, Instant at) {
    return db.execute(
            tenant,
            "UPDATE console_sessions SET ended_at = $3\nWHERE tenant_id = $1 AND session_id = $2 AND ended_at IS NULL",
            Tuple.of(tenant.value(), session, utc(at)))
        .replaceWithVoid();
  }

  private static io.vertx.core.buffer.Buffer[] buffers(List<byte[]> hmacs) {
    return hmacs.stream()
        .map(io.vertx.core.buffer.Buffer::buffer)
        .toArray(io.vertx.core.buffer.Buffer[]::new);
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    return rows.iterator().hasNext() ? Optional.of(rows.iterator().next()) : Optional.empty();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
