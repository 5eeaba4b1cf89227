package dev.nofate.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * The evaluation that the load consists of: a transfer within its limit, under a ruleset of its
 * own.
 */
public final class LoadRequest {

  private static final String EXPECTED_STATE = "DETERMINISTIC_COMPLIANCE";
  private static final long MODULUS = 4_000;

  private final Clock clock;
  private long counter;

  public LoadRequest(Clock clock) {
    this.clock = clock;
  }

  /** The ruleset as published. */
  public static String ruleset() {
    try (InputStream in = LoadRequest.class.getResourceAsStream("/load/ruleset.json")) {
      return Json.MAPPER.readTree(in).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("the load's ruleset is not readable", e);
    }
  }

  /** The next request body; amounts differ, the outcome does not. */
  public byte[] body() {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("ruleset", "load.transfer");
    body.putObject("proposal")
        .put("amount", 1 + counter++ % MODULUS)
        .put("currency", "EUR")
        .put("beneficiary", "ACME-0042");
    body.putObject("context").put("limit", 5_000);
    String now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    body.put("observed_at", now);
    body.put("evaluated_at", now);
    return body.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  boolean isExpected(Buffer answer) {
    try {
      JsonNode json = Json.MAPPER.readTree(answer.getBytes());
      return EXPECTED_STATE.equals(json.path("state").asText());
    } catch (IOException e) {
      return false;
    }
  }
}
