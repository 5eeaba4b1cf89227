package dev.nofate.system.security;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.system.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * An operation that a service describes in its own OpenAPI document.
 *
 * @param service who serves it
 * @param method in capitals
 * @param path with its parameters in braces
 * @param description the operation object
 * @param document the whole document, for references
 */
record Endpoint(
    String service, String method, String path, JsonNode description, JsonNode document) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A parameter.
   *
   * @param in path, query or header
   */
  record Parameter(String name, String in) {}

  /** Everything that the running services describe. */
  static List<Endpoint> all(Suite suite) {
    List<Endpoint> all = new ArrayList<>();
    for (String service : List.of("gate-service", "audit-service", "billing-service")) {
      JsonNode document =
          read(given().get(suite.serviceUrl(service) + "/q/openapi?format=json").asByteArray());
      document
          .get("paths")
          .fields()
          .forEachRemaining(
              path ->
                  path.getValue()
                      .fields()
                      .forEachRemaining(
                          operation ->
                              all.add(
                                  new Endpoint(
                                      service,
                                      operation.getKey().toUpperCase(Locale.ROOT),
                                      path.getKey(),
                                      operation.getValue(),
                                      document))));
    }
    return all;
  }

  /** Method and path. */
  String id() {
    return method + " " + path;
  }

  List<Parameter> parameters(String in) {
    return StreamSupport.stream(description.path("parameters").spliterator(), false)
        .filter(parameter -> parameter.get("in").textValue().equals(in))
        .map(parameter -> new Parameter(parameter.get("name").textValue(), in))
        .toList();
  }

  boolean hasBody() {
    return description.has("requestBody");
  }

  /** The body's schema, references followed. */
  JsonNode bodySchema() {
    JsonNode content = description.at("/requestBody/content");
    return content.isEmpty() ? JSON.createObjectNode() : content.elements().next().path("schema");
  }

  /** An example body, as the description shows it; an empty object without one. */
  String exampleBody() {
    JsonNode content = description.at("/requestBody/content");
    JsonNode examples = content.isEmpty() ? content : content.elements().next().path("examples");
    if (examples.isEmpty()) {
      JsonNode example = resolve(bodySchema()).at("/examples/0");
      return example.isMissingNode() ? "{}" : example.toString();
    }
    JsonNode value = examples.elements().next().path("value");
    return value.isTextual() ? value.textValue() : value.toString();
  }

  JsonNode resolve(JsonNode schema) {
    JsonNode reference = schema.path("$ref");
    return reference.isTextual() ? document.at(reference.textValue().substring(1)) : schema;
  }

  private static JsonNode read(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
