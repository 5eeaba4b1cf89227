package dev.nofate.gate.engine.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The input declaration of a ruleset: JSON Schema 2020-12 of the facts. It judges what is stated;
 * what is absent is judged by the rules gate, so {@code required} is a declaration without effect
 * here. {@code format} is an annotation, as in the dialect's default. Patterns run in linear time.
 */
public final class FactSchema {

  private final Schema schema;
  private final Optional<PlainShape> plain;
  private final FactTypes types;

  private FactSchema(Schema schema, Optional<PlainShape> plain, FactTypes types) {
    this.schema = schema;
    this.plain = plain;
    this.types = types;
  }

  /** Everything wrong with a schema; empty when {@link #of} accepts it. */
  public static List<SchemaProblem> problems(JsonNode schema) {
    List<SchemaProblem> shape = SchemaShape.problems(schema);
    return shape.isEmpty() ? dialectProblems(schema) : shape;
  }

  /**
   * A schema ready to check facts.
   *
   * @param schema a schema without {@link #problems}
   * @param variables names of the top-level facts
   */
  public static FactSchema of(JsonNode schema, List<String> variables) {
    JsonNode judged = SchemaShape.withoutPresence(schema);
    return new FactSchema(
        registry().getSchema(judged), PlainShape.of(judged), FactTypes.of(schema, variables));
  }

  /** The CEL types of the facts. */
  public FactTypes types() {
    return types;
  }

  /**
   * Checks stated facts.
   *
   * @return JSON Pointer to the first mismatch, through declared names only; empty when all match
   */
  public Optional<String> mismatch(JsonNode facts) {
    if (plain.isPresent() && plain.orElseThrow().admits(facts)) {
      return Optional.empty();
    }
    return slowly(facts);
  }

  /** Asks the library, which knows every keyword and names what does not match. */
  Optional<String> slowly(JsonNode facts) {
    List<Error> errors = schema.validate(facts);
    if (errors.isEmpty()) {
      return CelFacts.unrepresentable(facts, types);
    }
    return errors.stream()
        .map(error -> elements(error.getInstanceLocation()))
        .map(elements -> CelFacts.declaredPointer(elements, types))
        .min(Comparator.naturalOrder());
  }

  private static List<SchemaProblem> dialectProblems(JsonNode schema) {
    try {
      Schema dialect =
          registry()
              .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
      List<SchemaProblem> problems = new ArrayList<>();
      for (Error error : dialect.validate(schema)) {
        problems.add(
            new SchemaProblem(
                error.getInstanceLocation().toString(),
                "the value violates JSON Schema 2020-12 (" + error.getKeyword() + ")"));
      }
      if (problems.isEmpty()) {
        registry().getSchema(SchemaShape.withoutPresence(schema)).initializeValidators();
      }
      return problems.stream().distinct().toList();
    } catch (SchemaException | IllegalArgumentException e) {
      return List.of(new SchemaProblem("", "the document is no JSON Schema 2020-12"));
    }
  }

  private static SchemaRegistry registry() {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .locale(Locale.ROOT)
            .pathType(PathType.JSON_POINTER)
            .typeLoose(false)
            .formatAssertionsEnabled(false)
            .regularExpressionFactory(
                pattern -> {
                  Pattern compiled = Pattern.compile(pattern);
                  return text -> compiled.matcher(text).find();
                })
            .build();
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder ->
            builder
                .schemaRegistryConfig(config)
                .schemaLoader(loader -> loader.fetchRemoteResources(false)));
  }

  private static List<Object> elements(NodePath path) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < path.getNameCount(); i++) {
      elements.add(path.getElement(i));
    }
    return elements;
  }
}
