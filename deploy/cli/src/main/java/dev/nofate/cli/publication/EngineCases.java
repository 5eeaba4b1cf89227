package dev.nofate.cli.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Requests for the trials of the engine: varied from one that is compliant, by a fixed seed, so
 * that every run tries the same ones; and texts that a lenient reader would mend.
 */
final class EngineCases {

  static final String RULESET = "/demo/agent.refund.json";
  static final String RECEIVED_AT = "2026-11-23T10:00:00.000000Z";

  private static final long SEED = 20261123;
  private static final String BASE =
      """
      {"ruleset":"agent.refund","proposal":{"order":"A-1042","amount_cents":1999,"currency":"EUR",\
      "reason":"changed-mind"},"context":{"order_currency":"EUR","paid_cents":12900,\
      "refunded_cents":0,"days_since_delivery":9,"fraud_hold":false},\
      "observed_at":"2026-11-23T09:59:59.000Z","evaluated_at":"2026-11-23T10:00:00.000Z"}\
      """;

  private EngineCases() {}

  static byte[] ruleset() {
    try (InputStream in = EngineCases.class.getResourceAsStream(RULESET)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new CommandFailure("the ruleset is not readable", e);
    }
  }

  /**
   * Strict JSON, compliant and not, with facts of every kind absent, changed or of another type.
   */
  static List<String> varied(int count) {
    Random random = new Random(SEED);
    List<String> bodies = new ArrayList<>(List.of(BASE));
    while (bodies.size() < count) {
      bodies.add(vary(random));
    }
    return bodies;
  }

  /** What is no strict JSON, or says more or other than the contract allows. */
  static List<String> mendable() {
    return List.of(
        BASE + "x",
        BASE.replaceFirst("}$", ",}"),
        BASE.replaceFirst("\\{", "{\"ruleset\":\"agent.refund\","),
        BASE.replace("\"amount_cents\":1999", "\"amount_cents\":01999"),
        BASE.replace("\"amount_cents\":1999", "\"amount_cents\":\"1999\""),
        BASE.replace("\"amount_cents\":1999", "\"amount_cents\":1999.0000000000000001"),
        BASE.replace("\"amount_cents\":1999", "\"amount_cents\":9007199254740993"),
        BASE.replace("\"fraud_hold\":false", "\"fraud_hold\":\"false\""),
        BASE.replace("\"ruleset\":\"agent.refund\"", "\"ruleset\":\" agent.refund \""),
        BASE.replace("\"ruleset\":\"agent.refund\"", "\"ruleset\":\"AGENT.REFUND\""),
        BASE.replace(
            "\"evaluated_at\":\"2026-11-23T10:00:00.000Z\"", "\"evaluated_at\":\"2026-11-23\""),
        BASE.replace(",\"evaluated_at\":\"2026-11-23T10:00:00.000Z\"", ""),
        BASE.replace("\"ruleset\":", "\"Ruleset\":"),
        BASE.replaceFirst("\\{", "{\"comment\":1,"),
        BASE.replace('"', '\''),
        "\uFEFF" + BASE,
        "");
  }

  private static String vary(Random random) {
    try {
      ObjectNode body = (ObjectNode) Json.MAPPER.readTree(BASE);
      ObjectNode proposal = (ObjectNode) body.get("proposal");
      ObjectNode context = (ObjectNode) body.get("context");
      proposal.put("amount_cents", random.nextInt(20_000));
      proposal.put("reason", random.nextBoolean() ? "damaged" : "changed-mind");
      context.put("days_since_delivery", random.nextInt(80));
      context.put("refunded_cents", random.nextInt(8_000));
      context.put("fraud_hold", random.nextInt(8) == 0);
      drop(proposal, random);
      drop(context, random);
      if (random.nextInt(10) == 0) {
        body.put("observed_at", "2026-11-23T09:5" + random.nextInt(10) + ":00.000Z");
      }
      return random.nextBoolean()
          ? body.toString()
          : Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(body);
    } catch (IOException e) {
      throw new IllegalStateException("the base is JSON", e);
    }
  }

  private static void drop(ObjectNode facts, Random random) {
    if (random.nextInt(3) == 0) {
      List<String> names = new ArrayList<>();
      facts.fieldNames().forEachRemaining(names::add);
      facts.remove(names.get(random.nextInt(names.size())));
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static JsonNode json(String text) throws IOException {
    return Json.MAPPER.readTree(text);
  }
}
