package dev.nofate.audit.chain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.erdtman.jcs.NumberToJSON;

/** JSON as RFC 8785 presupposes it (I-JSON, RFC 7493): what is not that is named, never mended. */
final class StrictJson {

  /** Every integer up to this one has a double of its own. */
  private static final long SAFE_INTEGER = (1L << 53) - 1;

  /** One level for the line around a payload, and one to see that a payload is too deep. */
  private static final int PARSER_DEPTH = Payload.MAX_DEPTH + 2;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(PARSER_DEPTH).build())
                  .build())
          .build();

  private static final ObjectReader READER =
      MAPPER
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private StrictJson() {}

  static JsonNode read(String json) throws IOException {
    try {
      return READER.readTree(json);
    } catch (NumberFormatException e) {
      throw new IOException("a number's exponent is beyond every decimal", e);
    }
  }

  static JsonNode tree(Map<String, ?> members) {
    return MAPPER.valueToTree(members);
  }

  /** What keeps a value from having a canonical form, if anything does. */
  static Optional<String> fault(JsonNode node, int levels) {
    return switch (node.getNodeType()) {
      case OBJECT, ARRAY ->
          levels == 0 ? Optional.of("the nesting is too deep") : parts(node, levels);
      case STRING -> text(node.textValue());
      case NUMBER ->
          isExact(node)
              ? Optional.empty()
              : Optional.of("a number is not the one that its canonical form states");
      case BOOLEAN, NULL -> Optional.empty();
      case BINARY, MISSING, POJO -> Optional.of("a value is not a JSON value");
    };
  }

  private static Optional<String> parts(JsonNode container, int levels) {
    for (Iterator<String> names = container.fieldNames(); names.hasNext(); ) {
      Optional<String> fault = text(names.next());
      if (fault.isPresent()) {
        return fault;
      }
    }
    for (JsonNode part : container) {
      Optional<String> fault = fault(part, levels - 1);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return Optional.of("a text holds a lone surrogate");
      }
    }
    return Optional.empty();
  }

  private static boolean isExact(JsonNode number) {
    if (number.isInt()) {
      return true;
    }
    if (number.isLong() && Math.abs(number.longValue()) <= SAFE_INTEGER) {
      return true;
    }
    double rounded = number.doubleValue();
    if (!Double.isFinite(rounded)) {
      return false;
    }
    // A binary floating point value is exact by nature; only a decimal literal can lose.
    return number.isDouble()
        || number.isFloat()
        || canonical(rounded).compareTo(number.decimalValue()) == 0;
  }

  private static BigDecimal canonical(double value) {
    try {
      return new BigDecimal(NumberToJSON.serializeNumber(value));
    } catch (IOException e) {
      throw new IllegalStateException("every finite double has a canonical form", e);
    }
  }
}
