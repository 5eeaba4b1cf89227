package dev.nofate.audit.chain.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * One signature of a note: whose it says it is, and the bytes. Of any type; only Ed25519 is
 * checked.
 */
public final class NoteSignature {

  private static final String DASH = "\u2014 ";

  private final String name;
  private final int id;
  private final byte[] bytes;

  NoteSignature(String name, int id, byte[] bytes) {
    VerifierKey.requireName(name);
    this.name = name;
    this.id = id;
    this.bytes = bytes.clone();
  }

  static NoteSignature parse(String line) {
    int space = line.indexOf(' ', DASH.length());
    if (!line.startsWith(DASH) || space < 0) {
      throw new IllegalArgumentException("a line of a signature has another form");
    }
    byte[] blob = Base64.getDecoder().decode(line.substring(space + 1));
    if (blob.length <= Integer.BYTES) {
      throw new IllegalArgumentException("a signature is too short");
    }
    NoteSignature signature =
        new NoteSignature(
            line.substring(DASH.length(), space),
            ByteBuffer.wrap(blob).getInt(),
            Arrays.copyOfRange(blob, Integer.BYTES, blob.length));
    if (!signature.line().equals(line)) {
      throw new IllegalArgumentException("a signature is not in canonical Base 64");
    }
    return signature;
  }

  /** The name of the key. */
  public String name() {
    return name;
  }

  boolean isOf(VerifierKey key) {
    return id == key.id() && name.equals(key.name());
  }

  boolean verifies(VerifierKey key, byte[] text) {
    return key.verifies(text, bytes);
  }

  /** The line of a signed note, without its end. */
  String line() {
    byte[] blob = ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(id).put(bytes).array();
    return DASH + name + " " + Base64.getEncoder().encodeToString(blob);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that
        && id == that.id
        && name.equals(that.name)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, id, Arrays.hashCode(bytes));
  }

  /** Whose signature it says it is. */
  @Override
  public String toString() {
    return name + "+" + HexFormat.of().toHexDigits(id);
  }
}
