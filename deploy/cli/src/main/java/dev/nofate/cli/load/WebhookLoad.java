package dev.nofate.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.Json;
import dev.nofate.cli.api.StripeSignature;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Signed events of Stripe about customers that nobody has; some come a second time, signed anew, as
 * Stripe repeats them. All of them end quietly: they are of types that nothing follows from, or of
 * a page on which no payment method was given.
 */
final class WebhookLoad implements ClosedLoop.Load {

  /** Each so many deliveries one repeats the event before it. */
  static final int REPEATED_EACH = 10;

  private static final int SUCCESSFUL = 2;

  private static final List<Map.Entry<String, String>> TYPES =
      List.of(
          Map.entry("checkout.session.completed", "checkout.session"),
          Map.entry("invoice.updated", "invoice"),
          Map.entry("invoice.upcoming", "invoice"),
          Map.entry("customer.updated", "customer"),
          Map.entry("payment_intent.succeeded", "payment_intent"));

  private final String baseUrl;
  private final String secret;
  private final Clock clock;
  private int sent;
  private String event;

  WebhookLoad(String baseUrl, String secret, Clock clock) {
    this.baseUrl = baseUrl;
    this.secret = secret;
    this.clock = clock;
  }

  @Override
  public String url() {
    return baseUrl + "/webhooks/stripe";
  }

  @Override
  public ClosedLoop.Request next() {
    Instant now = clock.instant();
    if (sent % REPEATED_EACH != REPEATED_EACH - 1) {
      event = event(TYPES.get(sent % TYPES.size()), now);
    }
    sent++;
    return new ClosedLoop.Request(
        Map.of(StripeSignature.HEADER, StripeSignature.of(secret, now, event)),
        event.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String judge(int status, Buffer body) {
    return status / 100 == SUCCESSFUL ? "" : "status " + status;
  }

  private static String event(Map.Entry<String, String> type, Instant now) {
    String id = UUID.randomUUID().toString().replace("-", "");
    ObjectNode event = Json.MAPPER.createObjectNode();
    event.put("id", "evt_load" + id).put("object", "event").put("type", type.getKey());
    event.put("created", now.getEpochSecond()).put("livemode", false);
    event
        .putObject("data")
        .putObject("object")
        .put("id", "load_" + id)
        .put("object", type.getValue())
        .put("customer", "cus_load" + id)
        .put("mode", "payment")
        .put("status", "open")
        .put("created", now.getEpochSecond());
    return event.toString();
  }
}
