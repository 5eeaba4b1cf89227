package dev.nofate.audit.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** Lines of UTF-8 text that end with a line feed, none longer than a limit. */
final class BoundedLines {

  private final InputStream in;
  private final int maxBytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  BoundedLines(InputStream in, int maxBytes) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.maxBytes = maxBytes;
  }

  /**
   * The next line without its end, or empty at the end of the text.
   *
   * @throws RefusedException when it is too long or not UTF-8
   */
  Optional<String> next() throws IOException {
    line.reset();
    int read = in.read();
    if (read < 0) {
      return Optional.empty();
    }
    while (read >= 0 && read != '\n') {
      if (line.size() == maxBytes) {
        throw new RefusedException(
            Fault.Code.LINE_TOO_LONG, "the line exceeds " + maxBytes + " bytes");
      }
      line.write(read);
      read = in.read();
    }
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString());
    } catch (CharacterCodingException e) {
      throw new RefusedException(Fault.Code.MALFORMED, "the line is not UTF-8");
    }
  }
}
