package dev.nofate.gate.evaluate;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.contract.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer to a batch, for the OpenAPI document: an item's answer is written as it was stored.
 *
 * @param items in the order of the request
 */
@Schema(name = "BatchAnswer")
public record BatchAnswer(List<Item> items) {

  /**
   * What became of an item.
   *
   * @param idempotencyKey of the item
   * @param status the HTTP status that the single endpoint gives
   * @param idempotentReplayed whether the answer was given or recorded before
   * @param answer the answer; absent when there is a problem
   * @param problem the problem; absent when there is an answer
   */
  @Schema(name = "BatchAnswerItem")
  public record Item(
      String idempotencyKey,
      int status,
      boolean idempotentReplayed,
      EvaluationAnswer answer,
      Problem problem) {}

  static byte[] write(ObjectMapper json, List<BatchItem> items, List<BatchResult> results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = json.getFactory().createGenerator(bytes)) {
      out.writeStartObject();
      out.writeArrayFieldStart("items");
      for (int i = 0; i < items.size(); i++) {
        item(out, items.get(i).key(), results.get(i));
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void item(JsonGenerator out, String key, BatchResult result) throws IOException {
    out.writeStartObject();
    out.writeStringField("idempotency_key", key);
    if (result instanceof BatchResult.Answered answered) {
      out.writeNumberField("status", 200);
      out.writeBooleanField("idempotent_replayed", answered.answer().replayed());
      out.writeFieldName("answer");
      out.writeRawValue(new String(answered.answer().body(), StandardCharsets.UTF_8));
    } else {
      Problem problem = ((BatchResult.Refused) result).problem().problem();
      out.writeNumberField("status", problem.status());
      out.writeBooleanField("idempotent_replayed", false);
      out.writePOJOField("problem", problem);
    }
    out.writeEndObject();
  }
}
