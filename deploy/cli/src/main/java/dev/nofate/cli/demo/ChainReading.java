package dev.nofate.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an exported chain says of usage, read without trusting anything but the file.
 *
 * @param counts events by type
 * @param units sum over {@code usage_recorded}
 * @param lastUsageSeq where the last of them stands; 0 for none
 */
public record ChainReading(Map<String, Integer> counts, Units units, long lastUsageSeq) {

  /** Reads an export. */
  public static ChainReading of(Path export) {
    Map<String, Integer> counts = new TreeMap<>();
    Units units = Units.NONE;
    long lastUsage = 0;
    try (BufferedReader lines = Files.newBufferedReader(export)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = Json.MAPPER.readTree(line);
        String type = event.path("type").asText();
        counts.merge(type, 1, Integer::sum);
        if (type.equals("usage_recorded")) {
          units = units.plus(Units.ofUsage(event.path("payload")));
          lastUsage = event.path("seq").asLong();
        }
      }
      return new ChainReading(counts, units, lastUsage);
    } catch (IOException e) {
      throw new CommandFailure("the export " + export + " is not readable: " + e.getMessage(), e);
    }
  }

  /** How many events of a type there are. */
  public int count(String type) {
    return counts.getOrDefault(type, 0);
  }
}
