package dev.nofate.audit.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/**
 * One line of an export: the envelope's members and {@code hash} as one JSON object. Written with
 * its keys in the order of RFC 8785, so that the line without its {@code hash} member is the
 * canonical form itself; read in any layout.
 */
public final class ExportLine {

  /** Longest line that is read, in UTF-16 code units, without the line's end. */
  public static final int MAX_CHARS = 1024 * 1024;

  private static final List<String> ENVELOPE =
      List.of("at", "payload", "seq", "subject", "tenant", "type", "v");
  private static final List<String> MEMBERS =
      List.of("at", "hash", "payload", "seq", "subject", "tenant", "type", "v");

  private ExportLine() {}

  /** The line of an event, without a line end. */
  public static String text(Entry entry) {
    return entry.envelope().members("\"hash\":\"" + entry.hash().hex() + "\",");
  }

  /**
   * Reads a line.
   *
   * @throws RefusedException when it is not an event; what it states is not verified here
   */
  public static Entry parse(String line) {
    JsonNode object = object(line, MEMBERS);
    return new Entry(envelope(object), hash(object));
  }

  /** Reads an envelope in any layout, without a hash. */
  static Envelope envelope(String text) {
    return envelope(object(text, ENVELOPE));
  }

  private static Envelope envelope(JsonNode object) {
    if (!object.get("v").isInt() || object.get("v").intValue() != Envelope.VERSION) {
      throw new RefusedException(
          Fault.Code.UNKNOWN_VERSION, "the version is not " + Envelope.VERSION);
    }
    UUID subject = object.get("subject").isNull() ? null : uuid(object, "subject");
    return new Envelope(
        time(object),
        Payload.of(object.get("payload")),
        seq(object),
        subject,
        uuid(object, "tenant"),
        type(object));
  }

  private static JsonNode object(String line, List<String> members) {
    if (line.length() > MAX_CHARS) {
      throw new RefusedException(
          Fault.Code.LINE_TOO_LONG, "the line exceeds " + MAX_CHARS + " characters");
    }
    JsonNode object;
    try {
      object = StrictJson.read(line);
    } catch (IOException e) {
      throw malformed("the line is not one strict JSON object");
    }
    if (!object.isObject()) {
      throw malformed("the line is not a JSON object");
    }
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      if (!members.contains(names.next())) {
        throw new RefusedException(
            Fault.Code.UNKNOWN_MEMBER, "the line has a member that no envelope has");
      }
    }
    for (String member : members) {
      if (!object.has(member)) {
        throw new RefusedException(Fault.Code.MISSING_MEMBER, "the line has no member " + member);
      }
    }
    return object;
  }

  private static Instant time(JsonNode object) {
    try {
      return EventTime.parse(text(object, "at"));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          Fault.Code.TIME_MALFORMED, "at is not a UTC time with six fraction digits");
    }
  }

  private static long seq(JsonNode object) {
    JsonNode seq = object.get("seq");
    if (!seq.isIntegralNumber()
        || !seq.canConvertToLong()
        || seq.longValue() < 1
        || seq.longValue() > Envelope.MAX_SEQ) {
      throw malformed("seq is not a whole number from 1");
    }
    return seq.longValue();
  }

  private static UUID uuid(JsonNode object, String member) {
    String text = text(object, member);
    try {
      UUID uuid = UUID.fromString(text);
      if (uuid.toString().equals(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      throw malformed(member + " is not a UUID");
    }
    throw malformed(member + " is not a lower-case UUID");
  }

  private static String type(JsonNode object) {
    String type = text(object, "type");
    if (!Envelope.isType(type)) {
      throw malformed("type is not a lower-case name");
    }
    return type;
  }

  private static ChainHash hash(JsonNode object) {
    try {
      return ChainHash.ofHex(text(object, "hash"));
    } catch (IllegalArgumentException e) {
      throw malformed("hash is not 64 lower-case hexadecimal digits");
    }
  }

  private static String text(JsonNode object, String member) {
    JsonNode value = object.get(member);
    if (!value.isTextual()) {
      throw malformed(member + " is not a text");
    }
    return value.textValue();
  }

  private static RefusedException malformed(String observed) {
    return new RefusedException(Fault.Code.MALFORMED, observed);
  }
}
