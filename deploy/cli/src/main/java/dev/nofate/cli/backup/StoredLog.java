package dev.nofate.cli.backup;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.chain.tree.TreeHash;
import dev.nofate.cli.CommandFailure;
import dev.nofate.embedded.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The chains of a database, held against checkpoints while it serves. */
final class StoredLog implements KeptCheckpoints.Log, AutoCloseable {

  private static final int ROWS_AT_ONCE = 10_000;

  private final Connection connection;

  private StoredLog(Connection connection) {
    this.connection = connection;
  }

  static StoredLog of(DatabaseUrl superuser) {
    try {
      Connection connection = superuser.connect();
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return new StoredLog(connection);
    } catch (SQLException e) {
      throw notReadable(e);
    }
  }

  @Override
  public long events(String tenant) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT seq FROM audit.audit_events WHERE tenant_id = ? ORDER BY seq DESC LIMIT 1")) {
      statement.setObject(1, UUID.fromString(tenant));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    } catch (SQLException e) {
      throw notReadable(e);
    }
  }

  /**
   * The service signs nothing that does not extend what it stored before, so a checkpoint that is
   * still stored is of this chain. For one that is not, the tree is made again from the hashes.
   */
  @Override
  public boolean holds(String tenant, String note) {
    Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
    try {
      return isStored(tenant, checkpoint.size(), note)
          || checkpoint.root().equals(root(tenant, checkpoint.size()));
    } catch (SQLException e) {
      throw notReadable(e);
    }
  }

  private boolean isStored(String tenant, long size, String note) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT 1 FROM audit.audit_checkpoints WHERE tenant_id = ? AND size = ? AND note = ?")) {
      statement.setObject(1, UUID.fromString(tenant));
      statement.setLong(2, size);
      statement.setString(3, note);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private TreeHash root(String tenant, long size) throws SQLException {
    Frontier tree = Frontier.empty();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT hash FROM audit.audit_events WHERE tenant_id = ? AND seq <= ? ORDER BY seq")) {
      statement.setFetchSize(ROWS_AT_ONCE);
      statement.setObject(1, UUID.fromString(tenant));
      statement.setLong(2, size);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          tree.append(TreeHash.leaf(rows.getBytes(1)));
        }
      }
    }
    return tree.root();
  }

  private static CommandFailure notReadable(SQLException cause) {
    return new CommandFailure("the chains are not readable: " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw notReadable(e);
    }
  }
}
