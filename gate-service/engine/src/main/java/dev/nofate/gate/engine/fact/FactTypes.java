package dev.nofate.gate.engine.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.Immutable;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The CEL types of a fact schema. An object that declares its members and closes the list ({@code
 * additionalProperties: false}) is a struct, so that an undeclared member does not compile; what
 * the schema leaves open is dynamic.
 */
@Immutable
public final class FactTypes implements CelTypeProvider {

  private static final Map<String, CelType> SIMPLE =
      Map.of(
          "string", SimpleType.STRING,
          "integer", SimpleType.INT,
          "number", SimpleType.DOUBLE,
          "boolean", SimpleType.BOOL,
          "null", SimpleType.NULL_TYPE);

  /** Keeps names of structs apart from anything an expression can spell. */
  private static final String STRUCT_PREFIX = "fact:";

  private final ImmutableMap<String, CelType> structs;
  private final ImmutableMap<String, CelType> variables;

  private FactTypes(Map<String, CelType> structs, Map<String, CelType> variables) {
    this.structs = ImmutableMap.copyOf(structs);
    this.variables = ImmutableMap.copyOf(variables);
  }

  /** Derives the types of {@code variables} from a schema that passed {@link FactSchema}. */
  static FactTypes of(JsonNode schema, List<String> variables) {
    Derivation derivation = new Derivation(schema);
    Map<String, CelType> types = new LinkedHashMap<>();
    boolean open = !isClosed(schema);
    for (String variable : variables) {
      JsonNode member = schema.path("properties").get(variable);
      if (member != null) {
        types.put(variable, derivation.type(member, STRUCT_PREFIX + variable));
      } else if (open) {
        types.put(variable, SimpleType.DYN);
      }
    }
    return new FactTypes(derivation.structs, types);
  }

  /** The declared variables and their types. */
  public ImmutableMap<String, CelType> variables() {
    return variables;
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return structs.values();
  }

  @Override
  public Optional<CelType> findType(String typeName) {
    return Optional.ofNullable(structs.get(typeName));
  }

  /**
   * The declared type of a fact, dynamic where the schema leaves it open. Unlike the type checker's
   * it is whole: the checker names a struct that stands in a list instead of telling its members.
   */
  public CelType at(FactPath path) {
    CelType type = null;
    for (String segment : path.segments()) {
      type =
          type == null
              ? variables.getOrDefault(segment, SimpleType.DYN)
              : below(type, segment).orElse(SimpleType.DYN);
    }
    return type;
  }

  /** The type of a member, as far as the schema declares it. */
  static Optional<CelType> member(CelType type, String name) {
    if (type instanceof StructType struct) {
      return struct.findField(name).map(StructType.Field::type);
    }
    return Optional.empty();
  }

  /** The type below a name; empty when {@code type} has no such member. */
  public static Optional<CelType> below(CelType type, String name) {
    if (type instanceof StructType) {
      return member(type, name);
    }
    if (type instanceof MapType map) {
      return Optional.of(map.valueType());
    }
    return type.equals(SimpleType.DYN) ? Optional.of(type) : Optional.empty();
  }

  private static boolean isClosed(JsonNode schema) {
    JsonNode additional = schema.get("additionalProperties");
    return additional != null && additional.isBoolean() && !additional.booleanValue();
  }

  /** One walk over a schema. */
  private static final class Derivation {

    private final JsonNode root;
    private final Map<String, CelType> structs = new LinkedHashMap<>();

    Derivation(JsonNode root) {
      this.root = root;
    }

    CelType type(JsonNode schema, String path) {
      JsonNode reference = schema.get("$ref");
      if (reference != null) {
        return reference(schema, reference.textValue(), path);
      }
      String name = schema.path("type").textValue();
      if (name == null) {
        return SimpleType.DYN;
      }
      return switch (name) {
        case "array" -> ListType.create(elements(schema, path));
        case "object" -> object(schema, path);
        default -> SIMPLE.getOrDefault(name, SimpleType.DYN);
      };
    }

    /** A reference beside other keywords says nothing certain. References are acyclic. */
    private CelType reference(JsonNode schema, String target, String path) {
      return schema.size() > 1
          ? SimpleType.DYN
          : SchemaShape.resolve(root, target)
              .map(found -> type(found, path))
              .orElse(SimpleType.DYN);
    }

    private CelType elements(JsonNode schema, String path) {
      JsonNode items = schema.get("items");
      return items == null || schema.has("prefixItems") ? SimpleType.DYN : type(items, path + "[]");
    }

    private CelType object(JsonNode schema, String path) {
      if (schema.has("patternProperties")) {
        return MapType.create(SimpleType.STRING, SimpleType.DYN);
      }
      JsonNode additional = schema.get("additionalProperties");
      if (isClosed(schema)) {
        return struct(schema.path("properties"), path);
      }
      boolean uniform = additional != null && additional.isObject() && !schema.has("properties");
      return MapType.create(
          SimpleType.STRING, uniform ? type(additional, path + "{}") : SimpleType.DYN);
    }

    private CelType struct(JsonNode properties, String path) {
      ImmutableMap.Builder<String, CelType> members = ImmutableMap.builder();
      List<String> names = new ArrayList<>();
      properties.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        members.put(name, type(properties.get(name), path + "." + name));
      }
      ImmutableMap<String, CelType> fields = members.buildOrThrow();
      StructType struct =
          StructType.create(
              path,
              ImmutableSet.copyOf(ImmutableList.copyOf(names)),
              name -> Optional.ofNullable(fields.get(name)));
      structs.put(path, struct);
      return struct;
    }
  }
}
