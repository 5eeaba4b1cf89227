package dev.nofate.audit.read;

import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.contract.EventType;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.event.EventRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds events of one chain, and chains. */
@ApplicationScoped
class EventStore {

  /** Where a time lies in a chain: the last {@code seq} before it, the first at or after it. */
  private record Cut(long before, long from) {}

  private final Pool pool;
  private final ChainReader chains;

  EventStore(Pool pool, ChainReader chains) {
    this.pool = pool;
    this.chains = chains;
  }

  /** The events that a filter lets through, in order of {@code seq}; one more than its limit. */
  Uni<List<Entry>> find(UUID tenant, EventFilter filter) {
    Uni<Long> after =
        filter.from() == null
            ? Uni.createFrom().item(filter.after())
            : cut(tenant, filter.from()).map(cut -> Math.max(filter.after(), cut.before()));
    Uni<Long> end =
        filter.to() == null
            ? Uni.createFrom().item(Long.MAX_VALUE)
            : cut(tenant, filter.to()).map(Cut::from);
    return after.chain(behind -> end.chain(before -> between(tenant, filter, behind, before)));
  }

  /** Place of the last event of a subject and a type. */
  Uni<Optional<Long>> last(UUID tenant, UUID subject, String type) {
    return pool.preparedQuery(
            """
            SELECT max(seq) AS seq
              FROM audit_events
             WHERE tenant_id = $1 AND subject = $2 AND type = $3
            """)
        .execute(Tuple.of(tenant, subject, type))
        .map(rows -> Optional.ofNullable(rows.iterator().next().getLong("seq")));
  }

  private Uni<List<Entry>> between(UUID tenant, EventFilter filter, long after, long before) {
    Uni<List<EventRow>> rows =
        filter.types().isEmpty() && filter.subject() == null
            ? chains.page(tenant, after, before - 1, filter.limit() + 1)
            : select(tenant, filter, after, before);
    return rows.map(found -> found.stream().map(EventRow::entry).toList());
  }

  private Uni<List<EventRow>> select(UUID tenant, EventFilter filter, long after, long before) {
    StringBuilder conditions = new StringBuilder();
    Tuple parameters = Tuple.of(tenant, after, before, filter.limit() + 1);
    if (!filter.types().isEmpty()) {
      parameters.addArrayOfString(
          filter.types().stream().map(EventType::wireName).toArray(String[]::new));
      conditions.append(" AND type = ANY($").append(parameters.size()).append(')');
    }
    if (filter.subject() != null) {
      parameters.addUUID(filter.subject());
      conditions.append(" AND subject = $").append(parameters.size());
    }
    return pool.preparedQuery(
            """
            SELECT %s
              FROM audit_events
             WHERE tenant_id = $1 AND seq > $2 AND seq < $3 %s
             ORDER BY seq
             LIMIT $4
            """
                .formatted(EventRow.COLUMNS, conditions))
        .execute(parameters)
        .map(ChainReader::rows);
  }

  /**
   * Finds the place of a time by halving: in a chain {@code at} never goes back and {@code seq} has
   * no hole, so the primary key does what an index on time would do, at no cost to the writer.
   */
  private Uni<Cut> cut(UUID tenant, Instant time) {
    return pool.preparedQuery(
            """
            WITH RECURSIVE search (before, upto) AS (
              SELECT 0::bigint,
                     1 + coalesce((SELECT max(seq) FROM audit_events WHERE tenant_id = $1), 0)
              UNION ALL
              SELECT CASE WHEN e.at < $2 THEN e.seq ELSE s.before END,
                     CASE WHEN e.at < $2 THEN s.upto ELSE e.seq END
                FROM search s
                JOIN audit_events e ON e.tenant_id = $1 AND e.seq = (s.before + s.upto) / 2
               WHERE s.before + 1 < s.upto
            )
            SELECT max(before) AS before, min(upto) AS upto FROM search
            """)
        .execute(Tuple.of(tenant, time.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.iterator().next())
        .map(row -> new Cut(row.getLong("before"), row.getLong("upto")));
  }

  /** Last rows of chains in order of tenant id; one more than the limit. */
  Uni<List<EventRow>> heads(UUID after, int limit) {
    return pool.preparedQuery(
            """
            SELECT h.*
              FROM (SELECT tenant_id AS id
                      FROM audit_events
                     WHERE seq = 1 AND ($1::uuid IS NULL OR tenant_id > $1)
                     ORDER BY tenant_id
                     LIMIT $2) chain
             CROSS JOIN LATERAL (SELECT %s
                                   FROM audit_events
                                  WHERE tenant_id = chain.id
                                  ORDER BY seq DESC
                                  LIMIT 1) h
             ORDER BY h.tenant_id
            """
                .formatted(EventRow.COLUMNS))
        .execute(Tuple.tuple().addUUID(after).addInteger(limit + 1))
        .map(ChainReader::rows);
  }
}
