package dev.nofate.gate.engine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.nofate.gate.engine.json.JsonReading.Cause;
import dev.nofate.gate.engine.json.JsonReading.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON text strictly. Jackson tells the tokens; what I-JSON adds to RFC 8259 is checked
 * here while the tree grows, so nothing beyond a limit is ever built.
 */
final class StrictReader {

  /**
   * Limits are kept by this class, hence none in the factory; names are never shared or interned.
   */
  private static final JsonFactory TOKENS =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonLimits.GREATEST_DEPTH + 1)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /** What Java puts in the place of octets that are no UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final JsonLimits limits;

  /** No string of the text holds anything but ASCII, so none has to be looked through. */
  private boolean plain;

  StrictReader(JsonLimits limits) {
    this.limits = limits;
  }

  JsonReading read(byte[] text) {
    if (text.length > limits.bodyBytes()) {
      return new Refusal(Cause.OVER_LIMIT);
    }
    try (JsonParser tokens = TOKENS.createParser(decoded(text))) {
      tokens.nextToken();
      JsonNode value = value(tokens, 0);
      require(tokens.nextToken() == null, Cause.NOT_STRICT_JSON);
      return new JsonReading.Value(value);
    } catch (Refused refused) {
      return new Refusal(refused.reason);
    } catch (IOException malformed) {
      return new Refusal(Cause.NOT_STRICT_JSON);
    }
  }

  private String decoded(byte[] text) throws CharacterCodingException, Refused {
    String decoded = new String(text, StandardCharsets.UTF_8);
    if (decoded.indexOf(REPLACEMENT) >= 0) {
      // Either it stands in the text, or it stands for octets that are no UTF-8.
      decoded = strictlyDecoded(text);
    }
    require(decoded.isEmpty() || decoded.charAt(0) != '\uFEFF', Cause.NOT_STRICT_JSON);
    plain = decoded.length() == text.length && decoded.indexOf('\\') < 0;
    return decoded;
  }

  private static String strictlyDecoded(byte[] text) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(text))
        .toString();
  }

  private JsonNode value(JsonParser tokens, int depth) throws IOException, Refused {
    JsonToken token = tokens.currentToken();
    if (token == null) {
      throw new Refused(Cause.NOT_STRICT_JSON);
    }
    return switch (token) {
      case START_OBJECT -> object(tokens, deeper(depth));
      case START_ARRAY -> array(tokens, deeper(depth));
      case VALUE_STRING -> TextNode.valueOf(text(tokens.getText(), limits.stringLength()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(tokens);
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      default -> throw new Refused(Cause.NOT_STRICT_JSON);
    };
  }

  private int deeper(int depth) throws Refused {
    require(depth < limits.depth(), Cause.OVER_LIMIT);
    return depth + 1;
  }

  private ObjectNode object(JsonParser tokens, int depth) throws IOException, Refused {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (tokens.nextToken() != JsonToken.END_OBJECT) {
      String name = text(tokens.currentName(), limits.nameLength());
      require(!object.has(name), Cause.NOT_STRICT_JSON);
      require(object.size() < limits.members(), Cause.OVER_LIMIT);
      tokens.nextToken();
      object.set(name, value(tokens, depth));
    }
    return object;
  }

  private ArrayNode array(JsonParser tokens, int depth) throws IOException, Refused {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (tokens.nextToken() != JsonToken.END_ARRAY) {
      require(array.size() < limits.members(), Cause.OVER_LIMIT);
      array.add(value(tokens, depth));
    }
    return array;
  }

  private JsonNode number(JsonParser tokens) throws IOException, Refused {
    int length = tokens.getTextLength();
    require(length <= limits.numberLength(), Cause.OVER_LIMIT);
    if (length <= 15 && tokens.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return LongNode.valueOf(tokens.getLongValue());
    }
    Number value =
        Numbers.exact(tokens.getText()).orElseThrow(() -> new Refused(Cause.NOT_STRICT_JSON));
    return value instanceof Long whole
        ? LongNode.valueOf(whole)
        : DoubleNode.valueOf(value.doubleValue());
  }

  private String text(String text, int limit) throws Refused {
    require(text.length() <= limit, Cause.OVER_LIMIT);
    for (int i = 0; !plain && i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '\uD800') {
        int codePoint = text.codePointAt(i);
        require(isInterchangeable(codePoint), Cause.NOT_STRICT_JSON);
        i += Character.charCount(codePoint) - 1;
      }
    }
    return text;
  }

  /** RFC 7493 section 2.1: neither surrogates nor noncharacters. */
  private static boolean isInterchangeable(int codePoint) {
    return !(codePoint >= 0xD800 && codePoint <= 0xDFFF)
        && !(codePoint >= 0xFDD0 && codePoint <= 0xFDEF)
        && (codePoint & 0xFFFE) != 0xFFFE;
  }

  private static void require(boolean kept, Cause otherwise) throws Refused {
    if (!kept) {
      throw new Refused(otherwise);
    }
  }

  /** Leaves the recursion; never leaves this class. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final Cause reason;

    Refused(Cause reason) {
      super(null, null, false, false);
      this.reason = reason;
    }
  }
}
