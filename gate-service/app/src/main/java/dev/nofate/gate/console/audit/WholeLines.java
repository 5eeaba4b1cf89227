package dev.nofate.gate.console.audit;

import java.util.Arrays;
import java.util.List;

/**
 * Cuts a stream of bytes at line ends: pieces of whole lines, without the last line end of each,
 * which is written behind every piece. Holds one unfinished line at most, and serves one stream.
 */
final class WholeLines {

  private byte[] rest = new byte[0];

  /** What is whole after these bytes; empty when no line ended. */
  List<byte[]> take(byte[] bytes) {
    int end = bytes.length - 1;
    while (end >= 0 && bytes[end] != '\n') {
      end--;
    }
    if (end < 0) {
      rest = joined(rest, bytes);
      return List.of();
    }
    byte[] piece = joined(rest, Arrays.copyOf(bytes, end));
    rest = Arrays.copyOfRange(bytes, end + 1, bytes.length);
    return List.of(piece);
  }

  /** What stands behind the last line end. */
  List<byte[]> end() {
    return rest.length == 0 ? List.of() : List.of(rest);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
