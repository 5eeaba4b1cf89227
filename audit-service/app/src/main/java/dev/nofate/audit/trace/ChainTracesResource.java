package dev.nofate.audit.trace;

import dev.nofate.audit.contract.ChainTracesApi;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;

/** Tells the meter worker which traces the usage that it files came from. */
public class ChainTracesResource implements ChainTracesApi {

  private final Pool pool;

  ChainTracesResource(Pool pool) {
    this.pool = pool;
  }

  @Override
  @RolesAllowed("service:meter-worker")
  public Uni<List<String>> traces(TenantId tenant, long first, long last) {
    return pool.preparedQuery(
            """
            SELECT traceparent
              FROM audit_appends a
             WHERE tenant_id = $1 AND first_seq BETWEEN $2 AND $3 AND traceparent IS NOT NULL
               AND EXISTS (
                 SELECT FROM audit_events e
                  WHERE e.tenant_id = $1 AND e.seq BETWEEN a.first_seq AND a.last_seq
                    AND e.type = 'usage_recorded')
             ORDER BY first_seq
             LIMIT $4
            """)
        .execute(Tuple.of(tenant.value(), first, last, MOST))
        .map(
            rows -> {
              List<String> traces = new ArrayList<>();
              rows.forEach(row -> traces.add(row.getString(0)));
              return traces;
            });
  }
}
