package dev.nofate.cli.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An OpenAPI document's texts.
 *
 * @param texts every string in it
 * @param enums every list of allowed values
 */
record OpenApiTexts(List<String> texts, List<List<String>> enums) {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static OpenApiTexts of(Path file) {
    try {
      OpenApiTexts found = new OpenApiTexts(new ArrayList<>(), new ArrayList<>());
      found.collect(YAML.readTree(Files.readAllBytes(file)));
      return found;
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private void collect(JsonNode node) {
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    if (node.path("enum").isArray()) {
      List<String> values = new ArrayList<>();
      node.get("enum").forEach(value -> values.add(value.asText()));
      enums.add(values);
    }
    node.forEach(this::collect);
  }
}
