package dev.nofate.audit.append;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.Envelope;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.event.EventRow;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes batches. The primary keys decide who was first; a lock per tenant, held to the end of the
 * transaction, lets those who lost once wait their turn.
 */
@ApplicationScoped
class AppendStore {

  /** One append that the log knows. */
  record Range(UUID appendId, long firstSeq, long lastSeq) {}

  private final Pool pool;
  private final ChainReader reader;

  AppendStore(Pool pool, ChainReader reader) {
    this.pool = pool;
    this.reader = reader;
  }

  Uni<Position> head(UUID tenant) {
    return reader.head(tenant);
  }

  Uni<Position> head(SqlClient transaction, UUID tenant) {
    return reader.head(transaction, tenant);
  }

  /** Writes a batch as a transaction of its own. */
  Uni<Void> insert(UUID tenant, Plan plan) {
    return insert(pool, tenant, plan);
  }

  /**
   * Writes a batch in one statement: all of it or nothing, and nothing when the chain does not end
   * where the batch was placed. A head that was remembered may be gone: a standby that never got it
   * was promoted, or a backup was restored.
   */
  Uni<Void> insert(SqlClient client, UUID tenant, Plan plan) {
    if (plan.writes().isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return client
        .preparedQuery(
            """
            WITH turn AS MATERIALIZED (
              SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))
               WHERE $13::bigint = 0
                  OR EXISTS (SELECT FROM audit_events WHERE tenant_id = $1 AND seq = $13 AND hash = $14::bytea)
            ), claimed AS (
              INSERT INTO audit_appends (tenant_id, append_id, first_seq, last_seq, traceparent)
              SELECT $1::uuid, a.append_id, a.first_seq, a.last_seq, a.traceparent
                FROM turn, unnest($2::uuid[], $3::bigint[], $4::bigint[], $12::text[])
                  AS a (append_id, first_seq, last_seq, traceparent)
            )
            INSERT INTO audit_events (tenant_id, seq, at, type, subject, payload, hash, append_id)
            SELECT $1::uuid, e.seq, $5::timestamptz, e.type, e.subject, e.payload::jsonb, e.hash, e.append_id
              FROM turn, unnest($6::bigint[], $7::text[], $8::uuid[], $9::text[], $10::bytea[], $11::uuid[])
                AS e (seq, type, subject, payload, hash, append_id)
            """)
        .execute(parameters(tenant, plan))
        .invoke(
            inserted -> {
              if (inserted.rowCount() == 0) {
                throw new HeadGoneException(plan.behind());
              }
            })
        .replaceWithVoid();
  }

  /**
   * Makes the end of a transaction wait as that of one that wrote does: for the disk, and for the
   * standby when commits are synchronous. After a crash a server shows rows that no standby has,
   * and whoever only reads them waits for nobody.
   */
  Uni<Void> confirmed(SqlClient transaction) {
    return transaction
        .query("SELECT pg_logical_emit_message(true, 'nofate', '')")
        .execute()
        .replaceWithVoid();
  }

  /** Runs work in a transaction that holds the tenant's turn. */
  <T> Uni<T> inTurn(UUID tenant, Function<SqlClient, Uni<T>> work) {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery("SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))")
                .execute(Tuple.of(tenant))
                .chain(() -> work.apply(connection)));
  }

  /** Which of these ids the log knows. */
  Uni<Map<UUID, Range>> known(SqlClient client, UUID tenant, List<UUID> appendIds) {
    return client
        .preparedQuery(
            """
            SELECT append_id, first_seq, last_seq
              FROM audit_appends
             WHERE tenant_id = $1 AND append_id = ANY($2)
            """)
        .execute(Tuple.tuple().addUUID(tenant).addArrayOfUUID(appendIds.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Range> known = new HashMap<>();
              rows.forEach(
                  row -> {
                    UUID id = row.getUUID("append_id");
                    known.put(id, new Range(id, row.getLong("first_seq"), row.getLong("last_seq")));
                  });
              return known;
            });
  }

  /** The recorded events of an append, with what stands in the log, not with what was sent. */
  Uni<List<Entry>> recorded(SqlClient client, UUID tenant, Range range) {
    return client
        .preparedQuery(
            """
            SELECT %s
              FROM audit_events
             WHERE tenant_id = $1 AND seq BETWEEN $2 AND $3
             ORDER BY seq
            """
                .formatted(EventRow.COLUMNS))
        .execute(Tuple.of(tenant, range.firstSeq(), range.lastSeq()))
        .map(rows -> ChainReader.rows(rows).stream().map(EventRow::entry).toList());
  }

  private static Tuple parameters(UUID tenant, Plan plan) {
    List<Plan.Write> writes = plan.writes();
    List<Entry> entries = plan.entries();
    List<Envelope> events = entries.stream().map(Entry::envelope).toList();
    return Tuple.tuple()
        .addUUID(tenant)
        .addArrayOfUUID(writes.stream().map(Plan.Write::appendId).toArray(UUID[]::new))
        .addArrayOfLong(writes.stream().map(Plan.Write::firstSeq).toArray(Long[]::new))
        .addArrayOfLong(writes.stream().map(Plan.Write::lastSeq).toArray(Long[]::new))
        .addOffsetDateTime(plan.head().at().atOffset(ZoneOffset.UTC))
        .addArrayOfLong(events.stream().map(Envelope::seq).toArray(Long[]::new))
        .addArrayOfString(events.stream().map(Envelope::type).toArray(String[]::new))
        .addArrayOfUUID(events.stream().map(Envelope::subject).toArray(UUID[]::new))
        .addArrayOfString(
            events.stream().map(event -> event.payload().canonical()).toArray(String[]::new))
        .addValue(
            entries.stream()
                .map(Entry::hash)
                .map(ChainHash::bytes)
                .map(Buffer::buffer)
                .toArray(Buffer[]::new))
        .addArrayOfUUID(
            writes.stream()
                .flatMap(write -> write.entries().stream().map(entry -> write.appendId()))
                .toArray(UUID[]::new))
        .addArrayOfString(writes.stream().map(Plan.Write::traceparent).toArray(String[]::new))
        .addLong(plan.behind().seq())
        .addValue(Buffer.buffer(plan.behind().hash().bytes()));
  }
}
