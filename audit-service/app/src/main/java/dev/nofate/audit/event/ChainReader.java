package dev.nofate.audit.event;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.EventTime;
import dev.nofate.audit.chain.Position;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Reads chains in order of {@code seq}. Always from the primary: a replica may lag. */
@ApplicationScoped
public class ChainReader {

  private final Pool pool;

  public ChainReader(Pool pool) {
    this.pool = pool;
  }

  /** The end of a tenant's chain. */
  public Uni<Position> head(UUID tenant) {
    return head(pool, tenant);
  }

  /** The end of a tenant's chain, as a given connection sees it. */
  public Uni<Position> head(SqlClient client, UUID tenant) {
    return last(client, tenant)
        .map(last -> last.map(ChainReader::position).orElseGet(() -> Position.genesis(tenant)));
  }

  /** The last row of a chain, whatever stands in it; empty for an empty chain. */
  public Uni<Optional<EventRow>> last(UUID tenant) {
    return last(pool, tenant);
  }

  private static Uni<Optional<EventRow>> last(SqlClient client, UUID tenant) {
    return client
        .preparedQuery(
            """
            SELECT %s
              FROM audit_events
             WHERE tenant_id = $1
             ORDER BY seq DESC
             LIMIT 1
            """
                .formatted(EventRow.COLUMNS))
        .execute(Tuple.of(tenant))
        .map(rows -> rows(rows).stream().findFirst());
  }

  /** The events behind {@code after} up to and including {@code last}, at most {@code limit}. */
  public Uni<List<EventRow>> page(UUID tenant, long after, long last, int limit) {
    long end = last - after > limit ? after + limit : last;
    Uni<List<EventRow>> window = range(tenant, after, end, limit);
    return end == last
        ? window
        : window.chain(
            rows ->
                rows.size() == limit
                    ? Uni.createFrom().item(rows)
                    : range(tenant, end, last, limit - rows.size())
                        .map(behind -> Stream.concat(rows.stream(), behind.stream()).toList()));
  }

  /**
   * A page of a whole chain is as many places as rows, so what it costs does not hang on what the
   * planner believes of a table that grew since it was last looked at. Only behind a window that is
   * not full, where a chain ends or has lost rows, is it read with an open end.
   */
  private Uni<List<EventRow>> range(UUID tenant, long after, long end, int limit) {
    return pool.preparedQuery(
            """
            SELECT %s
              FROM audit_events
             WHERE tenant_id = $1 AND seq > $2 AND seq <= $3
             ORDER BY seq
             LIMIT $4
            """
                .formatted(EventRow.COLUMNS))
        .execute(Tuple.of(tenant, after, end, limit))
        .map(ChainReader::rows);
  }

  /**
   * The same events page by page, each page read when it is asked for.
   *
   * @param size rows a page
   */
  public Multi<List<EventRow>> pages(UUID tenant, long after, long last, int size) {
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new AtomicLong(after),
            at ->
                page(tenant, at.get(), last, size)
                    .invoke(
                        rows -> {
                          if (!rows.isEmpty()) {
                            at.set(rows.get(rows.size() - 1).seq());
                          }
                        }))
        .until(List::isEmpty);
  }

  /** The rows of a result, in its order. */
  public static List<EventRow> rows(Iterable<Row> result) {
    List<EventRow> rows = new ArrayList<>();
    result.forEach(row -> rows.add(EventRow.of(row)));
    return rows;
  }

  private static Position position(EventRow last) {
    return new Position(
        last.tenant(), last.seq(), ChainHash.ofBytes(last.hash()), EventTime.parse(last.time()));
  }
}
