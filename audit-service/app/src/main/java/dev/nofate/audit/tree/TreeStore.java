package dev.nofate.audit.tree;

import dev.nofate.audit.chain.tree.NodeId;
import dev.nofate.audit.chain.tree.TreeHash;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Keeps the larger subtrees of every chain, and reads what the smaller ones are made of. */
@ApplicationScoped
class TreeStore {

  /** Level of the smallest subtrees that are kept: 2^8 events. */
  static final int LEVEL = 8;

  private final Pool pool;

  TreeStore(Pool pool) {
    this.pool = pool;
  }

  /** How many subtrees of the smallest kept level there are. */
  Uni<Long> blocks(UUID tenant) {
    return pool.preparedQuery(
            """
            SELECT coalesce(max(index) + 1, 0) AS blocks
              FROM audit_tree_nodes
             WHERE tenant_id = $1 AND level = $2
            """)
        .execute(Tuple.of(tenant, LEVEL))
        .map(rows -> rows.iterator().next().getLong("blocks"));
  }

  Uni<Map<NodeId, TreeHash>> nodes(UUID tenant, Collection<NodeId> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return pool.preparedQuery(
            """
            SELECT n.level, n.index, n.hash
              FROM unnest($2::int[], $3::bigint[]) AS wanted (level, index)
              JOIN audit_tree_nodes n
                ON n.tenant_id = $1 AND n.level = wanted.level AND n.index = wanted.index
            """)
        .execute(
            Tuple.tuple()
                .addUUID(tenant)
                .addArrayOfInteger(ids.stream().map(NodeId::level).toArray(Integer[]::new))
                .addArrayOfLong(ids.stream().map(NodeId::index).toArray(Long[]::new)))
        .map(
            rows -> {
              Map<NodeId, TreeHash> nodes = new HashMap<>();
              rows.forEach(
                  row ->
                      nodes.put(
                          new NodeId(row.getInteger("level"), row.getLong("index")),
                          TreeHash.ofBytes(row.getBuffer("hash").getBytes())));
              return nodes;
            });
  }

  /** Keeps subtrees; those that are there stay, so that two who build side by side do no harm. */
  Uni<Void> keep(UUID tenant, Map<NodeId, TreeHash> nodes) {
    List<Map.Entry<NodeId, TreeHash>> entries = List.copyOf(nodes.entrySet());
    return pool.preparedQuery(
            """
            INSERT INTO audit_tree_nodes (tenant_id, level, index, hash)
            SELECT $1::uuid, n.level, n.index, n.hash
              FROM unnest($2::int[], $3::bigint[], $4::bytea[]) AS n (level, index, hash)
            ON CONFLICT DO NOTHING
            """)
        .execute(
            Tuple.tuple()
                .addUUID(tenant)
                .addArrayOfInteger(
                    entries.stream().map(node -> node.getKey().level()).toArray(Integer[]::new))
                .addArrayOfLong(
                    entries.stream().map(node -> node.getKey().index()).toArray(Long[]::new))
                .addValue(
                    entries.stream()
                        .map(node -> Buffer.buffer(node.getValue().bytes()))
                        .toArray(Buffer[]::new)))
        .replaceWithVoid();
  }

  /**
   * The leaves of a range of places.
   *
   * @return failed when an event of the range is absent
   */
  Uni<List<TreeHash>> leaves(UUID tenant, long begin, long end) {
    return pool.preparedQuery(
            """
            SELECT hash
              FROM audit_events
             WHERE tenant_id = $1 AND seq > $2 AND seq <= $3
             ORDER BY seq
            """)
        .execute(Tuple.of(tenant, begin, end))
        .map(
            rows -> {
              List<TreeHash> leaves = new ArrayList<>();
              rows.forEach(row -> leaves.add(TreeHash.leaf(row.getBuffer("hash").getBytes())));
              if (leaves.size() != end - begin) {
                throw new ProblemException(ErrorCode.UNAVAILABLE, "Events of the chain are absent");
              }
              return leaves;
            });
  }
}
