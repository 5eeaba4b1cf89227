package dev.nofate.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.ExportLine;
import dev.nofate.audit.chain.Payload;
import dev.nofate.audit.chain.Position;
import dev.nofate.cli.Json;
import dev.nofate.cli.Nofate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {

  private static final UUID TENANT = UUID.fromString("018f0000-0000-7000-8000-000000000001");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void anIntactChainHolds() throws IOException {
    assertThat(verify(chain(5))).isZero();
    assertThat(out.toString()).contains("holds", TENANT.toString(), "5 events");
  }

  @Test
  void aChangedPayloadBreaksItThere() throws IOException {
    List<String> lines = chain(5);
    lines.set(2, lines.get(2).replace("\"n\":2", "\"n\":7"));

    assertThat(verify(lines)).isEqualTo(1);
    assertThat(out.toString()).contains("breaks at seq 3", "HASH_MISMATCH");
  }

  @Test
  void aMissingLineBreaksIt() throws IOException {
    List<String> lines = chain(5);
    lines.remove(1);

    assertThat(verify(lines)).isEqualTo(1);
    assertThat(out.toString()).contains("breaks at seq 2", "SEQ_MISSING");
  }

  @Test
  void anExportThatWasCutShortIsShownByItsHead() throws IOException {
    List<String> lines = chain(5);
    String head = Json.MAPPER.readTree(lines.get(4)).path("hash").asText();

    assertThat(verify(lines, "--head", head)).isZero();
    assertThat(verify(lines.subList(0, 4), "--head", head)).isEqualTo(1);
    assertThat(out.toString())
        .contains("HEAD_DIFFERS", "does not end with the hash that was given")
        .doesNotContain("breaks at");
  }

  @Test
  void anEmptyFileIsNoChain() throws IOException {
    assertThat(verify(List.of())).isEqualTo(1);
    assertThat(out.toString()).contains("NO_EVENTS");
  }

  @Test
  void aFileThatIsNotThereIsUnreadable() {
    assertThat(run("verify", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("cannot read");
  }

  @Test
  void bytesThatAreNoTextAreNamed() throws IOException {
    Path bytes = folder.resolve("random.bin");
    Files.write(bytes, new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0x80});

    assertThat(run("verify", bytes.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("random.bin is no UTF-8 text").doesNotContain("length");
    String none = folder.resolve("none").toString();
    for (String option : List.of("--receipt", "--checkpoint", "--key")) {
      err.getBuffer().setLength(0);
      assertThat(run("verify", option, bytes.toString(), none)).as(option).isEqualTo(2);
      assertThat(err.toString()).as(option).contains("random.bin is no UTF-8 text");
    }
  }

  @Test
  void saysTheSameInJson() throws IOException {
    assertThat(verify(chain(3), "--json")).isZero();

    JsonNode json = Json.MAPPER.readTree(out.toString());
    assertThat(json.path("valid").asBoolean()).isTrue();
    assertThat(json.path("events").asLong()).isEqualTo(3);
    assertThat(json.path("first_bad_seq").isNull()).isTrue();
  }

  private int verify(List<String> lines, String... options) throws IOException {
    Path file = folder.resolve("export.jsonl");
    Files.write(file, lines);
    List<String> words = new ArrayList<>(List.of("verify", file.toString()));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  private int run(String... words) {
    CommandLine command = Nofate.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(words);
  }

  private static List<String> chain(int events) {
    List<String> lines = new ArrayList<>();
    Position position = Position.genesis(TENANT);
    for (int i = 0; i < events; i++) {
      Payload payload = Payload.of(Map.of("n", i));
      Entry entry =
          position.next(Instant.parse("2026-11-23T10:00:00Z"), "gate_passed", null, payload);
      lines.add(ExportLine.text(entry));
      position = Position.behind(entry);
    }
    return lines;
  }
}
