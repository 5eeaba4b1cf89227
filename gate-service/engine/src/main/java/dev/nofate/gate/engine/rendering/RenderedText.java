package dev.nofate.gate.engine.rendering;

import java.io.Writer;

/** Text in memory, up to a length. */
final class RenderedText extends Writer {

  private final StringBuilder text = new StringBuilder();
  private final Run run;
  private final int limit;

  RenderedText(Run run, int limit) {
    this.run = run;
    this.limit = limit;
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    if (length > limit - text.length()) {
      throw run.exceeded();
    }
    text.append(characters, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return text.toString();
  }
}
