package dev.nofate.audit.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Everything about an event that its hash covers.
 *
 * @param at when it was recorded, in whole microseconds
 * @param payload codes, counts and digests
 * @param seq its place in the chain, from 1
 * @param subject what it happened to, or null
 * @param tenant whose chain
 * @param type lower-case name of what happened; the form is checked here, not the list of names, so
 *     that an old verifier reads the chain of a newer service
 */
public record Envelope(
    Instant at, Payload payload, long seq, UUID subject, UUID tenant, String type) {

  /** Version of the envelope. */
  public static final int VERSION = 1;

  /** The largest integer whose canonical form every reader agrees on. */
  public static final long MAX_SEQ = (1L << 53) - 1;

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  public Envelope {
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(tenant, "tenant");
    if (seq < 1 || seq > MAX_SEQ) {
      throw new IllegalArgumentException("seq is not between 1 and " + MAX_SEQ);
    }
    if (!isType(type)) {
      throw new IllegalArgumentException("type is not a lower-case name");
    }
    EventTime.require(at);
  }

  /**
   * Reads the canonical form.
   *
   * @throws RefusedException when the text is not an envelope, or is one in another layout
   */
  public static Envelope parse(String canonical) {
    Envelope envelope = ExportLine.envelope(canonical);
    if (!envelope.members("").equals(canonical)) {
      throw new RefusedException(Fault.Code.MALFORMED, "the envelope is not in its canonical form");
    }
    return envelope;
  }

  static boolean isType(String text) {
    return TYPE.matcher(text).matches();
  }

  /** The canonical form (RFC 8785) in UTF-8: what the hash is made of. */
  public byte[] canonicalBytes() {
    return members("").getBytes(UTF_8);
  }

  /**
   * The members in canonical order. All but the payload are of an alphabet that needs no escape, so
   * that writing them one after the other is their canonical form.
   *
   * @param hash the member {@code "hash":"…",} of an export line, or nothing
   */
  String members(String hash) {
    return "{\"at\":\""
        + EventTime.text(at)
        + "\","
        + hash
        + "\"payload\":"
        + payload.canonical()
        + ",\"seq\":"
        + seq
        + ",\"subject\":"
        + (subject == null ? "null" : "\"" + subject + "\"")
        + ",\"tenant\":\""
        + tenant
        + "\",\"type\":\""
        + type
        + "\",\"v\":"
        + VERSION
        + "}";
  }
}
