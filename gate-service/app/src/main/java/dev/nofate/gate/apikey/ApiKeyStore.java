package dev.nofate.gate.apikey;

import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.Purpose;
import dev.nofate.gate.db.TenantDb;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The rows of {@code api_keys}. */
@ApplicationScoped
class ApiKeyStore {

  private static final String COLUMNS =
      "key_id, name, prefix, scopes, created_at, expires_at, revoked_at, last_used_at";

  private final TenantDb db;

  ApiKeyStore(TenantDb db) {
    this.db = db;
  }

  Uni<Void> insert(TenantId tenant, NewApiKey key, byte[] hmac, Instant createdAt, Instant expiry) {
    return db.execute(
            tenant,
            """
            INSERT INTO api_keys
              (tenant_id, key_id, name, prefix, key_hmac, scopes, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (tenant_id, key_id) DO NOTHING
            """,
            Tuple.tuple()
                .addUUID(tenant.value())
                .addUUID(key.id())
                .addString(key.name())
                .addString(key.prefix())
                .addBuffer(Buffer.buffer(hmac))
                .addArrayOfString(key.scopes().stream().map(Scope::wireName).toArray(String[]::new))
                .addOffsetDateTime(utc(createdAt))
                .addOffsetDateTime(expiry == null ? null : utc(expiry)))
        .replaceWithVoid();
  }

  Uni<Void> markRecorded(TenantId tenant, UUID keyId, long auditSeq) {
    return db.execute(
            tenant,
            "UPDATE api_keys SET audit_seq = $3 WHERE tenant_id = $1 AND key_id = $2",
            Tuple.of(tenant.value(), keyId, auditSeq))
        .replaceWithVoid();
  }

  Uni<List<ApiKey>> list(TenantId tenant, Optional<UUID> after, int limit) {
    return db.execute(
            tenant,
            "SELECT "
                + COLUMNS
                + """

             FROM api_keys
             WHERE tenant_id = $1 AND audit_seq IS NOT NULL AND ($2::uuid IS NULL OR key_id > $2)
             ORDER BY key_id LIMIT $3
            """,
            Tuple.of(tenant.value(), after.orElse(null), limit))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(this::key).toList());
  }

  Uni<Optional<ApiKey>> find(TenantId tenant, UUID keyId) {
    return db.execute(
            tenant,
            "SELECT "
                + COLUMNS
                + " FROM api_keys WHERE tenant_id = $1 AND key_id = $2 AND audit_seq IS NOT NULL",
            Tuple.of(tenant.value(), keyId))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst().map(this::key));
  }

  /** What is kept of a key's text, recorded or not. */
  Uni<Optional<byte[]>> hmac(TenantId tenant, UUID keyId) {
    return db.execute(
            tenant,
            "SELECT key_hmac FROM api_keys WHERE tenant_id = $1 AND key_id = $2",
            Tuple.of(tenant.value(), keyId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .findFirst()
                    .map(row -> row.getBuffer("key_hmac").getBytes()));
  }

  /** Makes the new key good and gives the old one an end, which is never past its own. */
  Uni<Void> rotate(TenantId tenant, UUID fresh, long auditSeq, UUID old, Instant oldEnds) {
    return db.execute(
            tenant,
            """
            WITH made AS (
              UPDATE api_keys SET audit_seq = $3 WHERE tenant_id = $1 AND key_id = $2)
            UPDATE api_keys SET expires_at = least(expires_at, $5)
            WHERE tenant_id = $1 AND key_id = $4
            """,
            Tuple.of(tenant.value(), fresh, auditSeq, old, utc(oldEnds)))
        .replaceWithVoid();
  }

  /** Notes when keys were last accepted. */
  Uni<Void> used(List<LastUse.Use> uses) {
    return db.execute(
            Purpose.LAST_USE,
            """
            UPDATE api_keys k SET last_used_at = u.at
            FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS u (tenant_id, key_id, at)
            WHERE k.tenant_id = u.tenant_id AND k.key_id = u.key_id
              AND (k.last_used_at IS NULL OR k.last_used_at < u.at)
            """,
            Tuple.of(
                uses.stream().map(use -> use.tenant().value()).toArray(UUID[]::new),
                uses.stream().map(LastUse.Use::key).toArray(UUID[]::new),
                uses.stream().map(use -> utc(use.at())).toArray(OffsetDateTime[]::new)))
        .replaceWithVoid();
  }

  /** Revokes the key, or leaves it revoked; false when the tenant has no such key. */
  Uni<Boolean> revoke(TenantId tenant, UUID keyId, Instant at) {
    return db.execute(
            tenant,
            """
            UPDATE api_keys SET revoked_at = coalesce(revoked_at, $3)
            WHERE tenant_id = $1 AND key_id = $2 AND audit_seq IS NOT NULL
            """,
            Tuple.of(tenant.value(), keyId, utc(at)))
        .map(rows -> rows.rowCount() > 0);
  }

  Uni<Optional<Caller>> find(List<byte[]> hmacs, Instant now) {
    io.vertx.core.buffer.Buffer[] candidates =
        hmacs.stream()
            .map(io.vertx.core.buffer.Buffer::buffer)
            .toArray(io.vertx.core.buffer.Buffer[]::new);
    return db.execute(
            Purpose.AUTHENTICATION,
            """
            SELECT tenant_id, key_id, scopes, expires_at FROM api_keys
            WHERE key_hmac = ANY($1) AND revoked_at IS NULL AND audit_seq IS NOT NULL
              AND (expires_at IS NULL OR expires_at > $2)
            """,
            Tuple.tuple().addValue(candidates).addOffsetDateTime(utc(now)))
        .map(
            rows ->
                rows.iterator().hasNext()
                    ? Optional.of(caller(rows.iterator().next()))
                    : Optional.empty());
  }

  /** Makes a configured key good and ends the configured keys before it. */
  Uni<Void> installConfigured(TenantId tenant, UUID keyId, String prefix, byte[] hmac, Instant at) {
    return db.execute(
            tenant,
            """
            WITH ended AS (
              UPDATE api_keys SET revoked_at = $5
              WHERE tenant_id = $1 AND name = 'configured' AND key_hmac <> $4
                AND revoked_at IS NULL)
            INSERT INTO api_keys
              (tenant_id, key_id, name, prefix, key_hmac, scopes, created_at, audit_seq)
            VALUES ($1, $2, 'configured', $3, $4, '{admin}', $5, 0)
            ON CONFLICT (key_hmac) DO UPDATE SET revoked_at = NULL
            """,
            Tuple.of(tenant.value(), keyId, prefix, Buffer.buffer(hmac).getDelegate(), utc(at)))
        .replaceWithVoid();
  }

  private ApiKey key(Row row) {
    return new ApiKey(
        row.getUUID("key_id"),
        row.getString("name"),
        row.getString("prefix"),
        List.copyOf(scopes(row)),
        text(row.getOffsetDateTime("created_at")),
        text(row.getOffsetDateTime("expires_at")),
        text(row.getOffsetDateTime("revoked_at")),
        text(row.getOffsetDateTime("last_used_at")));
  }

  private static Caller caller(Row row) {
    TenantId tenant = new TenantId(row.getUUID("tenant_id"));
    OffsetDateTime expiry = row.getOffsetDateTime("expires_at");
    return Caller.key(
        tenant,
        row.getUUID("key_id"),
        scopes(row),
        tenant.equals(TenantId.OPERATOR),
        expiry == null ? null : expiry.toInstant());
  }

  private static Set<Scope> scopes(Row row) {
    return Arrays.stream(row.getArrayOfStrings("scopes"))
        .map(Scope::of)
        .collect(Collectors.toCollection(() -> java.util.EnumSet.noneOf(Scope.class)));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String text(OffsetDateTime time) {
    return time == null ? null : Micros.text(time.toInstant());
  }
}
