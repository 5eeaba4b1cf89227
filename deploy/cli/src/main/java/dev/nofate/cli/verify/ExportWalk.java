package dev.nofate.cli.verify;

import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.ExportLine;
import dev.nofate.audit.chain.RefusedException;
import dev.nofate.audit.chain.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One pass over an export, in constant memory, to the first fault. */
final class ExportWalk {

  private ExportWalk() {}

  static Verdict walk(InputStream export, List<ChainListener> listeners) throws IOException {
    ChainVerifier verifier = ChainVerifier.startingAtGenesis();
    Reader in =
        new BufferedReader(
            new InputStreamReader(
                export,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            1 << 16);
    StringBuilder line = new StringBuilder();
    while (next(in, line)) {
      if (!accept(verifier, line.toString(), listeners)) {
        break;
      }
    }
    return verifier.verdict();
  }

  private static boolean accept(
      ChainVerifier verifier, String line, List<ChainListener> listeners) {
    Entry entry;
    try {
      entry = ExportLine.parse(line);
    } catch (RefusedException e) {
      // The verifier refuses the line for the same reason and keeps the place.
      return verifier.accept(line).isEmpty();
    }
    if (verifier.accept(entry).isPresent()) {
      return false;
    }
    listeners.forEach(listener -> listener.event(entry));
    return true;
  }

  /** Reads a line; one that is too long is cut where it is sure to be refused for it. */
  private static boolean next(Reader in, StringBuilder line) throws IOException {
    line.setLength(0);
    int read = in.read();
    if (read < 0) {
      return false;
    }
    while (read >= 0 && read != '\n' && line.length() <= ExportLine.MAX_CHARS) {
      line.append((char) read);
      read = in.read();
    }
    return true;
  }
}
