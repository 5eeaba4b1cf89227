package dev.nofate.audit.event;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.Envelope;
import dev.nofate.audit.chain.EventTime;
import dev.nofate.audit.chain.ExportLine;
import dev.nofate.audit.chain.Payload;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * A row of {@code audit_events} as it stands there, believed in nothing: a row that somebody edited
 * is still a row.
 *
 * @param at the stored time
 * @param payload the stored JSON in the database's own layout
 * @param hash the stored hash
 */
public record EventRow(
    UUID tenant,
    long seq,
    OffsetDateTime at,
    String type,
    UUID subject,
    String payload,
    byte[] hash) {

  /** The columns to select for {@link #of}. */
  public static final String COLUMNS =
      "tenant_id, seq, type, subject, payload::text AS payload_text, hash, at";

  /** What the driver makes of the times that are none, and how the database writes them. */
  private static final Map<OffsetDateTime, String> INFINITE =
      Map.of(OffsetDateTime.MAX, "infinity", OffsetDateTime.MIN, "-infinity");

  static EventRow of(Row row) {
    return new EventRow(
        row.getUUID("tenant_id"),
        row.getLong("seq"),
        row.getOffsetDateTime("at"),
        row.getString("type"),
        row.getUUID("subject"),
        row.getString("payload_text"),
        row.getBuffer("hash").getBytes());
  }

  /** The time in the chain's text form, or whatever the stored time gives. */
  String time() {
    try {
      return EventTime.text(at.toInstant());
    } catch (IllegalArgumentException e) {
      return INFINITE.getOrDefault(at, at.toString());
    }
  }

  /**
   * The event of an unharmed row; whether its hash is right is not asked here.
   *
   * @throws IllegalArgumentException when no event can stand like this
   */
  public Entry entry() {
    return new Entry(
        new Envelope(at.toInstant(), Payload.parse(payload), seq, subject, tenant, type),
        ChainHash.ofBytes(hash));
  }

  /** The export line; a row that is no event any more is written as it stands. */
  public String line() {
    try {
      return ExportLine.text(entry());
    } catch (IllegalArgumentException e) {
      return asItStands();
    }
  }

  private String asItStands() {
    return "{\"at\":\"%s\",\"hash\":\"%s\",\"payload\":%s,\"seq\":%d,\"subject\":%s,\"tenant\":\"%s\",\"type\":\"%s\",\"v\":1}"
        .formatted(
            time(),
            HexFormat.of().formatHex(hash),
            payload,
            seq,
            subject == null ? "null" : "\"" + subject + "\"",
            tenant,
            type);
  }
}
