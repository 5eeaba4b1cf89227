package dev.nofate.cli.load;

import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.Envelope;
import dev.nofate.audit.chain.EventTime;
import dev.nofate.audit.chain.Payload;
import dev.nofate.audit.chain.Position;
import dev.nofate.cli.CommandFailure;
import dev.nofate.embedded.DatabaseUrl;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Makes a long chain quickly: valid, of the shape that evaluations leave, written as a superuser
 * with COPY. Whoever verifies it finds nothing wrong with it.
 */
public final class ChainFill {

  /** Events in one COPY. */
  private static final int EVENTS_A_COPY = 900_000;

  private static final String EVENTS =
      "COPY audit.audit_events (tenant_id, seq, at, type, subject, payload, hash, append_id) FROM STDIN";
  private static final String APPENDS =
      "COPY audit.audit_appends (tenant_id, append_id, first_seq, last_seq) FROM STDIN";

  private final DatabaseUrl superuser;
  private final EvaluationEvents shape = new EvaluationEvents();

  public ChainFill(DatabaseUrl superuser) {
    this.superuser = superuser;
  }

  /** Appends at least that many events to an empty chain; answers where it ends. */
  public Position fill(UUID tenant, long events) {
    Position end = Position.genesis(tenant);
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement()) {
      // Nobody sees the chain before it is whole: the meter would append to it at the full hour.
      connection.setAutoCommit(false);
      while (end.seq() < events) {
        end = copy(connection, end, Math.min(events, end.seq() + EVENTS_A_COPY));
      }
      statement.execute("ANALYZE audit.audit_events");
      connection.commit();
      return end;
    } catch (SQLException e) {
      throw new CommandFailure("the chain was not filled: " + e.getMessage(), e);
    }
  }

  private Position copy(Connection connection, Position from, long upTo) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(EVENTS);
    StringBuilder appends = new StringBuilder();
    StringBuilder rows = new StringBuilder();
    Position end = from;
    while (end.seq() < upTo) {
      UUID append = UUID.randomUUID();
      long first = end.seq() + 1;
      Instant at = end.timeOfNext(Instant.now());
      for (Map.Entry<String, Payload> event : shape.next()) {
        Entry entry = end.next(at, event.getKey(), append, event.getValue());
        row(rows, entry, append);
        end = Position.behind(entry);
      }
      line(appends, end.tenant(), append, first, end.seq());
      if (rows.length() > 1 << 16) {
        write(copy, rows);
      }
    }
    write(copy, rows);
    copy.endCopy();
    CopyIn appended = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(APPENDS);
    write(appended, appends);
    appended.endCopy();
    return end;
  }

  private static void row(StringBuilder rows, Entry entry, UUID append) {
    Envelope event = entry.envelope();
    line(
        rows,
        event.tenant(),
        event.seq(),
        EventTime.text(event.at()),
        event.type(),
        event.subject(),
        event.payload().canonical().replace("\\", "\\\\"),
        "\\\\x" + entry.hash().hex(),
        append);
  }

  private static void line(StringBuilder rows, Object... columns) {
    for (int i = 0; i < columns.length; i++) {
      rows.append(i == 0 ? "" : "\t").append(columns[i]);
    }
    rows.append('\n');
  }

  private static void write(CopyIn copy, StringBuilder rows) throws SQLException {
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    rows.setLength(0);
  }
}
