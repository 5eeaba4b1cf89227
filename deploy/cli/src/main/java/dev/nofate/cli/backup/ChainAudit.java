package dev.nofate.cli.backup;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.Envelope;
import dev.nofate.audit.chain.EventTime;
import dev.nofate.audit.chain.Payload;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.chain.tree.TreeHash;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.backup.RestoredChain.Outcome;
import dev.nofate.embedded.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Makes every hash of every chain again from the rows of a database, the tree over them as well,
 * and holds it against checkpoints that were kept elsewhere. Constant memory, whatever the length.
 */
final class ChainAudit {

  private static final int ROWS_AT_ONCE = 1_000;

  private final DatabaseUrl superuser;
  private final Claims claims;

  ChainAudit(DatabaseUrl superuser, Claims claims) {
    this.superuser = superuser;
    this.claims = claims;
  }

  /** Every chain that there is or that a checkpoint says there was. */
  List<RestoredChain> verify() {
    try (Connection connection = superuser.connect()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      Set<String> tenants = claims.tenants();
      boolean migrated = exists(connection);
      if (migrated) {
        tenants.addAll(tenants(connection));
      }
      List<RestoredChain> chains = new ArrayList<>();
      for (String tenant : tenants) {
        chains.add(migrated ? walk(connection, tenant) : judge(tenant, 0, Map.of()));
      }
      return chains;
    } catch (SQLException e) {
      throw new CommandFailure("the chains are not readable: " + e.getMessage(), e);
    }
  }

  private RestoredChain walk(Connection connection, String tenant) throws SQLException {
    ChainVerifier verifier = ChainVerifier.startingAtGenesis(UUID.fromString(tenant));
    Set<Long> sizes = new TreeSet<>();
    claims.of(tenant).forEach(claim -> sizes.add(claim.size()));
    Map<Long, TreeHash> roots = new HashMap<>();
    Frontier tree = Frontier.empty();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT seq, type, subject, payload::text AS payload, hash,
                   to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at
              FROM audit.audit_events
             WHERE tenant_id = ?
             ORDER BY seq
            """)) {
      statement.setFetchSize(ROWS_AT_ONCE);
      statement.setObject(1, UUID.fromString(tenant));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Entry entry;
          try {
            entry = entry(tenant, rows);
          } catch (IllegalArgumentException e) {
            return broken(tenant, tree.size(), "row " + rows.getLong("seq") + " is no event");
          }
          if (verifier.accept(entry).isPresent()) {
            break;
          }
          tree.append(TreeHash.leaf(entry.hash().bytes()));
          if (sizes.contains(tree.size())) {
            roots.put(tree.size(), tree.root());
          }
        }
      }
    }
    if (verifier.verdict() instanceof Verdict.Broken found
        && tree.size() + 1 == found.fault().seq()
        && !isEmpty(found)) {
      return broken(
          tenant,
          tree.size(),
          "at seq %d: %s, %s"
              .formatted(found.fault().seq(), found.fault().code(), found.fault().text()));
    }
    return judge(tenant, tree.size(), roots);
  }

  private static boolean isEmpty(Verdict.Broken found) {
    return found.fault().code() == dev.nofate.audit.chain.Fault.Code.NO_EVENTS;
  }

  private RestoredChain judge(String tenant, long events, Map<Long, TreeHash> roots) {
    RestoredChain worst = null;
    for (Claims.Claim claim : claims.of(tenant)) {
      RestoredChain found = judge(tenant, events, claim, roots.get(claim.size()));
      if (worst == null
          || found.outcome().compareTo(worst.outcome()) > 0
          || (found.outcome() == worst.outcome() && found.checkpoint() > worst.checkpoint())) {
        worst = found;
      }
    }
    return worst != null
        ? worst
        : new RestoredChain(
            tenant, events, null, Outcome.WITHOUT_CHECKPOINT, "no checkpoint of it was kept");
  }

  private RestoredChain judge(String tenant, long events, Claims.Claim claim, TreeHash root) {
    if (claims.areVerified() && !claim.signed()) {
      return found(tenant, events, claim, Outcome.CHECKPOINT_NOT_SIGNED, "no known key signed it");
    }
    if (claim.size() > events) {
      return found(
          tenant,
          events,
          claim,
          Outcome.TAIL_MISSING,
          "%d events were signed, the last %d are gone"
              .formatted(claim.size(), claim.size() - events));
    }
    TreeHash there = claim.size() == 0 ? TreeHash.EMPTY : root;
    return claim.checkpoint().root().equals(there)
        ? found(tenant, events, claim, Outcome.HOLDS, "all that was signed is there")
        : found(
            tenant,
            events,
            claim,
            Outcome.ROOT_DIFFERS,
            "the events are not those that were signed");
  }

  private static RestoredChain found(
      String tenant, long events, Claims.Claim claim, Outcome outcome, String observed) {
    return new RestoredChain(tenant, events, claim.size(), outcome, observed);
  }

  private static RestoredChain broken(String tenant, long events, String observed) {
    return new RestoredChain(tenant, events, null, Outcome.BROKEN, observed);
  }

  private static Entry entry(String tenant, ResultSet row) throws SQLException {
    return new Entry(
        new Envelope(
            EventTime.parse(row.getString("at")),
            Payload.parse(row.getString("payload")),
            row.getLong("seq"),
            row.getObject("subject", UUID.class),
            UUID.fromString(tenant),
            row.getString("type")),
        ChainHash.ofBytes(row.getBytes("hash")));
  }

  private static boolean exists(Connection connection) throws SQLException {
    return !column(connection, "SELECT 1 WHERE to_regclass('audit.audit_events') IS NOT NULL")
        .isEmpty();
  }

  private static List<String> tenants(Connection connection) throws SQLException {
    return column(connection, "SELECT DISTINCT tenant_id FROM audit.audit_events");
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
