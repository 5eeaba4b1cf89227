package dev.nofate.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.ExportLine;
import dev.nofate.audit.chain.Payload;
import dev.nofate.audit.chain.Position;
import dev.nofate.cli.Nofate;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MillionEventsIT {

  private static final int EVENTS = 1_000_000;

  /** The export, some 350 MB, is ten times the heap. */
  private static final String HEAP = "-Xmx32m";

  @Test
  void aMillionEventsAreVerifiedInConstantMemory() throws Exception {
    Process verifier =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Nofate.class.getName(),
                "verify",
                "-")
            .redirectErrorStream(true)
            .start();
    try (Writer export =
        new BufferedWriter(
            new OutputStreamWriter(verifier.getOutputStream(), StandardCharsets.UTF_8), 1 << 16)) {
      Payload payload = Payload.of(Map.of("gate", "intake"));
      Position position = Position.genesis(EvaluatedChain.TENANT);
      for (int i = 0; i < EVENTS; i++) {
        Entry entry =
            position.next(
                Instant.parse("2026-11-23T10:00:00Z"),
                "gate_passed",
                EvaluatedChain.EVALUATION,
                payload);
        export.append(ExportLine.text(entry)).append('\n');
        position = Position.behind(entry);
      }
    }
    String said = new String(verifier.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).contains(EVENTS + " events");
    assertThat(verifier.waitFor()).isZero();
  }
}
