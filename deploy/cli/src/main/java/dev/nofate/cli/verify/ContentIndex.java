package dev.nofate.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Requests with their salts, as JSON Lines: {@code {"evaluation_id","request","salt"}}, the request
 * as the text that was sent (or {@code request_base64}, when it was no text) and the salt in
 * hexadecimal digits. A line that says {@code "erased":true} has none. Only where each line starts
 * is held in memory.
 */
final class ContentIndex implements AutoCloseable {

  /** As many as are indexed; about 100 bytes of memory each. */
  static final int MOST = 1_000_000;

  private static final int MAX_LINE_BYTES = 8 * 1024 * 1024;

  /** A request and the key of its commitment. */
  record Content(byte[] request, byte[] salt) {}

  private final Map<UUID, Long> starts = new HashMap<>();
  private final RandomAccessFile file;
  private boolean complete = true;

  private ContentIndex(RandomAccessFile file) {
    this.file = file;
  }

  static ContentIndex of(Path path) throws IOException {
    ContentIndex index = new ContentIndex(new RandomAccessFile(path.toFile(), "r"));
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      index.read(in);
    }
    return index;
  }

  int size() {
    return starts.size();
  }

  /** Whether every line was indexed. */
  boolean isComplete() {
    return complete;
  }

  Optional<Content> find(UUID evaluation) {
    Long start = starts.get(evaluation);
    if (start == null) {
      return Optional.empty();
    }
    try {
      file.seek(start);
      // Latin-1 keeps each byte, so that the line can be read as the UTF-8 it is.
      JsonNode line = json(file.readLine().getBytes(StandardCharsets.ISO_8859_1));
      byte[] request =
          line.has("request_base64")
              ? Base64.getDecoder().decode(line.get("request_base64").asText())
              : line.path("request").asText().getBytes(StandardCharsets.UTF_8);
      return Optional.of(
          new Content(request, java.util.HexFormat.of().parseHex(line.path("salt").asText())));
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure("the content of " + evaluation + " is not readable", e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void read(InputStream in) throws IOException {
    byte[] line = new byte[1 << 16];
    int length = 0;
    long start = 0;
    long position = 0;
    for (int read = in.read(); ; read = in.read()) {
      position++;
      if (read >= 0 && read != '\n') {
        if (length == MAX_LINE_BYTES) {
          throw new CommandFailure("a line of the content exceeds " + MAX_LINE_BYTES + " bytes");
        }
        line = length == line.length ? Arrays.copyOf(line, length * 2) : line;
        line[length++] = (byte) read;
        continue;
      }
      if (length > 0) {
        add(json(Arrays.copyOf(line, length)), start);
      }
      start = position;
      length = 0;
      if (read < 0) {
        return;
      }
    }
  }

  private void add(JsonNode line, long start) {
    if (line.path("erased").asBoolean()) {
      return;
    }
    if (starts.size() == MOST) {
      complete = false;
      return;
    }
    try {
      starts.put(UUID.fromString(line.path("evaluation_id").asText()), start);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("a line of the content names no evaluation", e);
    }
  }

  private static JsonNode json(byte[] line) throws IOException {
    return Json.MAPPER.readTree(line);
  }
}
