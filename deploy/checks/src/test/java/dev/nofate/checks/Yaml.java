package dev.nofate.checks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** YAML, read without mercy: duplicate keys and unknown members of a record are faults. */
public final class Yaml {

  private static final ObjectMapper MAPPER =
      YAMLMapper.builder()
          .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .build();

  private Yaml() {}

  /** A file of one document. */
  public static JsonNode tree(Path file) {
    return read(file, JsonNode.class);
  }

  /** A file of one document, into a record. */
  public static <T> T read(Path file, Class<T> type) {
    try {
      return MAPPER.readValue(Repository.text(file), type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  /** A tree into a record. */
  public static <T> T as(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Several documents. */
  public static List<JsonNode> documents(String text) {
    ObjectReader reader = MAPPER.readerFor(JsonNode.class);
    try (MappingIterator<JsonNode> all = reader.readValues(text)) {
      return all.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
