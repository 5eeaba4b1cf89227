package dev.nofate.gate.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeLinesTest {

  private static final String TEXT = "{\"seq\":1}\n{\"seq\":2}\n{\"seq\":3}\n";

  @Test
  void whereverTheStreamIsCutTheSameLinesComeOut() {
    for (int size = 1; size <= TEXT.length(); size++) {
      assertThat(written(TEXT, size)).as("pieces of %d bytes", size).isEqualTo(TEXT);
    }
  }

  @Test
  void aLastLineWithoutAnEndIsNotLost() {
    assertThat(written("a\nb", 2)).isEqualTo("a\nb\n");
  }

  @Test
  void nothingStaysNothing() {
    assertThat(written("", 1)).isEmpty();
  }

  /** As the server writes pieces: a line end behind each. */
  private static String written(String text, int size) {
    WholeLines lines = new WholeLines();
    List<byte[]> pieces = new ArrayList<>();
    for (int start = 0; start < text.length(); start += size) {
      String part = text.substring(start, Math.min(text.length(), start + size));
      pieces.addAll(lines.take(part.getBytes(StandardCharsets.UTF_8)));
    }
    pieces.addAll(lines.end());
    StringBuilder written = new StringBuilder();
    pieces.forEach(piece -> written.append(new String(piece, StandardCharsets.UTF_8)).append('\n'));
    return written.toString();
  }
}
