package dev.nofate.gate.ruleset;

import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.engine.RulesetReference;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The rows of {@code rulesets}. */
@ApplicationScoped
class RulesetStore {

  private final TenantDb db;

  RulesetStore(TenantDb db) {
    this.db = db;
  }

  /**
   * Stores the next version, or nothing when the tenant has this document already. Fails with a
   * unique violation when another publisher took the number first.
   */
  Uni<Void> insert(TenantId tenant, CompiledRuleset ruleset, Instant at) {
    return db.execute(
            tenant,
            """
            INSERT INTO rulesets (tenant_id, name, version, digest, document, published_at)
            SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5
            FROM rulesets WHERE tenant_id = $1 AND name = $2
            ON CONFLICT (tenant_id, name, digest) DO NOTHING
            """,
            Tuple.tuple()
                .addUUID(tenant.value())
                .addString(ruleset.name())
                .addString(ruleset.digest())
                .addString(ruleset.canonicalDocument().utf8())
                .addOffsetDateTime(at.atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  Uni<Void> markRecorded(TenantId tenant, String name, int version, long auditSeq) {
    return db.execute(
            tenant,
            """
            UPDATE rulesets SET audit_seq = $4
            WHERE tenant_id = $1 AND name = $2 AND version = $3 AND audit_seq IS NULL
            """,
            Tuple.of(tenant.value(), name, version, auditSeq))
        .replaceWithVoid();
  }

  /** The version with this digest, recorded or not. */
  Uni<Optional<RulesetRow>> byDigest(TenantId tenant, String name, String digest) {
    return db.execute(
            tenant,
            """
            SELECT name, version, digest, published_at, audit_seq FROM rulesets
            WHERE tenant_id = $1 AND name = $2 AND digest = $3
            """,
            Tuple.of(tenant.value(), name, digest))
        .map(RulesetStore::first);
  }

  /** The served version that a reference names. */
  Uni<Optional<RulesetRow>> find(TenantId tenant, RulesetReference reference) {
    if (reference instanceof RulesetReference.Version pinned) {
      return db.execute(
              tenant,
              """
              SELECT name, version, digest, published_at, audit_seq FROM rulesets
              WHERE tenant_id = $1 AND name = $2 AND version = $3 AND audit_seq IS NOT NULL
              """,
              Tuple.of(tenant.value(), pinned.name(), pinned.version()))
          .map(RulesetStore::first);
    }
    if (reference instanceof RulesetReference.Digest pinned) {
      return byDigest(tenant, pinned.name(), pinned.digest())
          .map(row -> row.filter(RulesetRow::recorded));
    }
    return db.execute(
            tenant,
            """
            SELECT r.name, r.version, r.digest, r.published_at, r.audit_seq
            FROM (
              SELECT version FROM rulesets
              WHERE tenant_id = $1 AND name = $2 AND audit_seq IS NOT NULL
              ORDER BY version DESC LIMIT 1) newest
            LEFT JOIN served_versions s
              ON s.tenant_id = $1 AND s.name = $2 AND s.instead_of = newest.version
            JOIN rulesets r
              ON r.tenant_id = $1 AND r.name = $2
                AND r.version = coalesce(s.version, newest.version)
            """,
            Tuple.of(tenant.value(), reference.name()))
        .map(RulesetStore::first);
  }

  /** The newest served version's number. */
  Uni<Integer> newest(TenantId tenant, String name) {
    return db.execute(
            tenant,
            """
            SELECT max(version) AS version FROM rulesets
            WHERE tenant_id = $1 AND name = $2 AND audit_seq IS NOT NULL
            """,
            Tuple.of(tenant.value(), name))
        .map(rows -> rows.iterator().next().getInteger("version"));
  }

  /** Has requests that pin no version decided by this one, while the other is the newest. */
  Uni<Void> serve(TenantId tenant, String name, int version, int insteadOf) {
    return db.execute(
            tenant,
            """
            INSERT INTO served_versions (tenant_id, name, version, instead_of)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant_id, name) DO UPDATE SET
              version = excluded.version, instead_of = excluded.instead_of
            """,
            Tuple.of(tenant.value(), name, version, insteadOf))
        .replaceWithVoid();
  }

  Uni<String> document(TenantId tenant, String name, int version) {
    return db.execute(
            tenant,
            """
            SELECT document FROM rulesets WHERE tenant_id = $1 AND name = $2 AND version = $3
            """,
            Tuple.of(tenant.value(), name, version))
        .map(rows -> rows.iterator().next().getString("document"));
  }

  /** Served versions in order of name and version, behind the given one. */
  Uni<List<RulesetRow>> list(
      TenantId tenant, Optional<String> name, String afterName, int afterVersion, int limit) {
    return db.execute(
            tenant,
            """
            SELECT name, version, digest, published_at, audit_seq FROM rulesets
            WHERE tenant_id = $1 AND audit_seq IS NOT NULL
              AND ($2::text IS NULL OR name = $2)
              AND (name, version) > ($3, $4)
            ORDER BY name, version LIMIT $5
            """,
            Tuple.of(tenant.value(), name.orElse(null), afterName, afterVersion, limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(RulesetStore::row).toList());
  }

  private static Optional<RulesetRow> first(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).findFirst().map(RulesetStore::row);
  }

  private static RulesetRow row(Row row) {
    return new RulesetRow(
        row.getString("name"),
        row.getInteger("version"),
        row.getString("digest"),
        Micros.text(row.getOffsetDateTime("published_at").toInstant()),
        row.getLong("audit_seq") != null);
  }
}
