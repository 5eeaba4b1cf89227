package dev.nofate.audit.chain.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.Envelope;
import dev.nofate.audit.chain.tree.TreeHash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * An event and everything that its hash is made of, as a receipt carries it. As bytes, three lines:
 * {@code no-fate/audit-event/v1}, the previous hash in hexadecimal digits, the envelope in its
 * canonical form (which holds no line feed).
 *
 * @param previous hash of the event before, or the genesis hash
 */
public record LoggedEvent(ChainHash previous, Envelope envelope) {

  private static final String FORMAT = "no-fate/audit-event/v1";
  private static final int MAX_BYTES = 1024 * 1024;

  /**
   * Reads the bytes.
   *
   * @throws IllegalArgumentException when they have another form, or the envelope is not canonical
   */
  static LoggedEvent parse(byte[] extra) {
    if (extra.length > MAX_BYTES) {
      throw new IllegalArgumentException("the event exceeds " + MAX_BYTES + " bytes");
    }
    String[] lines = text(extra).split("\n", -1);
    if (lines.length != 4 || !lines[0].equals(FORMAT) || !lines[3].isEmpty()) {
      throw new IllegalArgumentException("the extra data is not an event of this format");
    }
    return new LoggedEvent(ChainHash.ofHex(lines[1]), Envelope.parse(lines[2]));
  }

  byte[] bytes() {
    String head = FORMAT + "\n" + previous.hex() + "\n";
    return (head + new String(envelope.canonicalBytes(), UTF_8) + "\n").getBytes(UTF_8);
  }

  /** The event's hash. */
  public ChainHash hash() {
    return ChainHash.next(previous, envelope);
  }

  /** The hash of the leaf that the event is in the log's tree. */
  public TreeHash leaf() {
    return TreeHash.leaf(hash().bytes());
  }

  private static String text(byte[] extra) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(extra)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the extra data is not UTF-8", e);
    }
  }
}
