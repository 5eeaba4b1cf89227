package dev.nofate.cli.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** The sums of several requests, each of which sums up what it examined itself. */
final class Totals {

  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, Map<String, Long>> states = new TreeMap<>();
  private String digest;

  /** Adds the last sums of a request. */
  void add(JsonNode sums) {
    digest = sums.path("draft_digest").asText();
    for (String name : new String[] {"examined", "same", "differing", "erased"}) {
      counts.merge(name, sums.path(name).asLong(), Long::sum);
    }
    for (JsonNode change : sums.path("states")) {
      states
          .computeIfAbsent(change.path("recorded").asText(), recorded -> new TreeMap<>())
          .merge(change.path("draft").asText(), change.path("count").asLong(), Long::sum);
    }
  }

  boolean anyDiffers() {
    return count("differing") > 0;
  }

  void print(PrintWriter out) {
    states.forEach(
        (recorded, drafts) ->
            drafts.forEach(
                (draft, count) -> out.printf("%-24s -> %-24s %8d%n", recorded, draft, count)));
    out.printf(
        "%d evaluations examined: %d the same, %d decided otherwise, %d erased%n",
        count("examined"), count("same"), count("differing"), count("erased"));
    out.printf("draft %s%n", digest);
  }

  /** A line like those of the service. */
  JsonNode json() {
    ObjectNode line =
        Json.MAPPER.createObjectNode().put("kind", "sums").put("draft_digest", digest);
    counts.forEach(line::put);
    ArrayNode array = line.putArray("states");
    states.forEach(
        (recorded, drafts) ->
            drafts.forEach(
                (draft, count) ->
                    array
                        .addObject()
                        .put("recorded", recorded)
                        .put("draft", draft)
                        .put("count", count)));
    return line;
  }

  private long count(String name) {
    return counts.getOrDefault(name, 0L);
  }
}
