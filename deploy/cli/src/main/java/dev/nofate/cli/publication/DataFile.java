package dev.nofate.cli.publication;

import com.fasterxml.jackson.databind.DeserializationFeature;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.io.IOException;
import java.io.InputStream;

/** The lists that the gate checks by: data, not code. */
final class DataFile {

  private DataFile() {}

  static <T> T read(String name, Class<T> type) {
    try (InputStream in = DataFile.class.getResourceAsStream("/publication/" + name)) {
      return Json.MAPPER
          .readerFor(type)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(in);
    } catch (IOException e) {
      throw new CommandFailure("the list " + name + " is not readable: " + e.getMessage(), e);
    }
  }
}
