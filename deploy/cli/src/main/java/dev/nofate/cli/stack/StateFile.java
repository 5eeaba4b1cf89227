package dev.nofate.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A record kept as a JSON file with mode 600. */
final class StateFile {

  private StateFile() {}

  static void write(Path file, Object state) {
    Home.writePrivately(file, Json.pretty(state).getBytes(StandardCharsets.UTF_8));
  }

  /** What the file holds; empty when there is no such file. */
  static <T> Optional<T> read(Path file, Class<T> type) {
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new CommandFailure(file + " does not hold what this command writes there", e);
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
