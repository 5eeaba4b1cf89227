package dev.nofate.gate.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a batch into its items. Only the frame is judged here: what stands in an item's request,
 * duplicate names and great depth included, is for the engine to read from the same octets.
 */
final class BatchReader {

  /** The body's length at the door is the bound; the engine applies its own to each request. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final byte[] body;
  private final int maxItems;
  private final JsonParser parser;

  private BatchReader(byte[] body, int maxItems, JsonParser parser) {
    this.body = body;
    this.maxItems = maxItems;
    this.parser = parser;
  }

  /**
   * Reads {@code {"items":[{"idempotency_key":"…","request":…}]}}.
   *
   * @throws ProblemException 400 when the frame is another one, holds no item or too many
   */
  static List<BatchItem> read(byte[] body, int maxItems) {
    // Anything but UTF-8 without a mark has no octets of an item to cut out.
    if (body.length < 2 || body[0] < '\t' || body[1] < '\t') {
      throw refused("is not a JSON object in UTF-8");
    }
    try (JsonParser parser = JSON.createParser(body)) {
      return new BatchReader(body, maxItems, parser).frame();
    } catch (IOException e) {
      throw refused("is not JSON");
    }
  }

  private List<BatchItem> frame() throws IOException {
    expect(parser.nextToken() == JsonToken.START_OBJECT, "is not an object");
    expect(
        parser.nextToken() == JsonToken.FIELD_NAME && "items".equals(parser.currentName()),
        "does not begin with the member items");
    expect(parser.nextToken() == JsonToken.START_ARRAY, "has items that are no array");
    List<BatchItem> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(items.size() < maxItems, "has more than " + maxItems + " items");
      items.add(item());
    }
    expect(!items.isEmpty(), "has no items");
    expect(parser.nextToken() == JsonToken.END_OBJECT, "has members beside items");
    expect(parser.nextToken() == null, "goes on after its value");
    return items;
  }

  private BatchItem item() throws IOException {
    expect(parser.currentToken() == JsonToken.START_OBJECT, "has an item that is no object");
    String key = null;
    byte[] request = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if ("idempotency_key".equals(name) && key == null) {
        expect(value == JsonToken.VALUE_STRING, "has an idempotency_key that is no string");
        key = parser.getText();
      } else if ("request".equals(name) && request == null) {
        request = slice();
      } else {
        throw refused("has an item with an unknown or repeated member");
      }
    }
    expect(key != null && request != null, "has an item without idempotency_key or request");
    return new BatchItem(key, request);
  }

  private byte[] slice() throws IOException {
    long start = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    long end = parser.currentLocation().getByteOffset();
    expect(start >= 0 && end > start && end <= body.length, "is not UTF-8");
    return Arrays.copyOfRange(body, (int) start, (int) end);
  }

  private static void expect(boolean met, String observed) {
    if (!met) {
      throw refused(observed);
    }
  }

  private static ProblemException refused(String observed) {
    return new ProblemException(ErrorCode.BAD_REQUEST, "The body " + observed);
  }
}
