package dev.nofate.billing.webhook;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A signed event, as far as it is looked at before it is stored.
 *
 * @param id {@code evt_…}
 * @param type for instance {@code invoice.paid}
 * @param payload the body as received
 */
record StripeEvent(String id, String type, String payload) {

  private static final Pattern ID = Pattern.compile("evt_[A-Za-z0-9_]{1,200}");
  private static final Pattern TYPE = Pattern.compile("[a-z0-9_.]{1,200}");

  /** The text of a body; empty when it is not UTF-8. */
  static Optional<String> text(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The event; empty when the text is not one. */
  static Optional<StripeEvent> read(ObjectMapper json, String payload) {
    try {
      JsonNode event = json.readTree(payload);
      if (event == null) {
        return Optional.empty();
      }
      String id = event.path("id").asText("");
      String type = event.path("type").asText("");
      return Optional.of(new StripeEvent(id, type, payload))
          .filter(read -> ID.matcher(id).matches() && TYPE.matcher(type).matches());
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "StripeEvent[" + id + ", " + type + "]";
  }
}
