package dev.nofate.gate.console.ruleset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a draft would have decided of the tenant's own past, as far as one request examines it.
 *
 * @param from start of the range, RFC 3339
 * @param to its end
 * @param examined evaluations looked at
 * @param same those that come out the same
 * @param differing those that do not
 * @param erased those whose content is gone
 * @param changes recorded and drafted states with their counts
 * @param differences the first of those that differ
 * @param next where another request goes on; null when the range is through
 */
public record BacktestView(
    String from,
    String to,
    long examined,
    long same,
    long differing,
    long erased,
    List<Change> changes,
    List<Difference> differences,
    String next) {

  private static final int SHOWN = 100;

  /** Evaluations that went from a state to a state. */
  public record Change(String recorded, String draft, long count) {}

  /** One evaluation that comes out otherwise. */
  public record Difference(
      String evaluation,
      String receivedAt,
      String recorded,
      String recordedCode,
      String draft,
      String draftCode) {}

  /** Reads the lines of a backtest. */
  static BacktestView of(String from, String to, List<byte[]> pieces, ObjectMapper json) {
    List<Difference> differences = new ArrayList<>();
    JsonNode sums = json.createObjectNode();
    for (byte[] piece : pieces) {
      for (String text : new String(piece, StandardCharsets.UTF_8).split("\n", -1)) {
        JsonNode line = line(text, json);
        if (line.path("kind").asText().equals("sums")) {
          sums = line;
        } else if (line.has("evaluation_id") && differences.size() < SHOWN) {
          differences.add(difference(line));
        }
      }
    }
    List<Change> changes = new ArrayList<>();
    sums.path("states")
        .forEach(
            state ->
                changes.add(
                    new Change(
                        state.path("recorded").asText(),
                        state.path("draft").asText(),
                        state.path("count").asLong())));
    return new BacktestView(
        from,
        to,
        sums.path("examined").asLong(),
        sums.path("same").asLong(),
        sums.path("differing").asLong(),
        sums.path("erased").asLong(),
        changes,
        differences,
        sums.path("next").asText(null));
  }

  private static Difference difference(JsonNode line) {
    JsonNode recorded = line.path("recorded");
    JsonNode draft = line.path("draft");
    return new Difference(
        line.path("evaluation_id").asText(),
        line.path("received_at").asText(),
        recorded.path("state").asText(),
        recorded.path("reason").path("code").asText(null),
        draft.path("state").asText(),
        draft.path("reason").path("code").asText(null));
  }

  private static JsonNode line(String text, ObjectMapper json) {
    try {
      return text.isBlank() ? json.createObjectNode() : json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a backtest's line is JSON", e);
    }
  }
}
