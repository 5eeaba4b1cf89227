package dev.nofate.gate.engine.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * JSON facts as CEL values. A declared {@code number} is a double even when it is whole; a declared
 * {@code integer} is a 64-bit int; an undeclared number is an int when it is whole and fits,
 * otherwise a double. Members stand in the order of their names.
 */
public final class CelFacts {

  private CelFacts() {}

  /** The CEL value of a fact that passed {@link FactSchema#mismatch}. */
  public static Object value(JsonNode fact, CelType type) {
    return switch (fact.getNodeType()) {
      case STRING -> fact.textValue();
      case BOOLEAN -> fact.booleanValue();
      case NUMBER -> number(fact, type);
      case ARRAY -> list(fact, type);
      case OBJECT -> map(fact, type);
      default -> NullValue.NULL_VALUE;
    };
  }

  private static Object number(JsonNode fact, CelType type) {
    return fact.isLong() && !type.equals(SimpleType.DOUBLE)
        ? (Object) fact.longValue()
        : (Object) fact.doubleValue();
  }

  private static Object list(JsonNode fact, CelType type) {
    CelType elements = elements(type);
    ImmutableList.Builder<Object> list = ImmutableList.builderWithExpectedSize(fact.size());
    fact.forEach(element -> list.add(value(element, elements)));
    return list.build();
  }

  private static Object map(JsonNode fact, CelType type) {
    TreeMap<String, Object> members = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : fact.properties()) {
      CelType declared = below(type, member.getKey());
      members.put(member.getKey(), value(member.getValue(), declared));
    }
    return new FactMap(members);
  }

  /** Pointer to the first declared integer that does not fit 64 bits. */
  static Optional<String> unrepresentable(JsonNode facts, FactTypes types) {
    for (Map.Entry<String, CelType> variable : types.variables().entrySet()) {
      JsonNode fact = facts.get(variable.getKey());
      if (fact != null) {
        Optional<List<Object>> found = unrepresentable(fact, variable.getValue());
        if (found.isPresent()) {
          return Optional.of(
              declaredPointer(prepend(variable.getKey(), found.orElseThrow()), types));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<List<Object>> unrepresentable(JsonNode fact, CelType type) {
    if (fact.isNumber()) {
      return type.equals(SimpleType.INT) && !fact.isLong()
          ? Optional.of(List.of())
          : Optional.empty();
    }
    if (fact.isArray()) {
      CelType elements = elements(type);
      for (int i = 0; i < fact.size(); i++) {
        int index = i;
        Optional<List<Object>> found = unrepresentable(fact.get(i), elements);
        if (found.isPresent()) {
          return found.map(below -> prepend(index, below));
        }
      }
    }
    for (Map.Entry<String, JsonNode> member : fact.properties()) {
      Optional<List<Object>> found =
          unrepresentable(member.getValue(), below(type, member.getKey()));
      if (found.isPresent()) {
        return found.map(below -> prepend(member.getKey(), below));
      }
    }
    return Optional.empty();
  }

  /** A pointer that ends before the first name the schema does not declare. */
  static String declaredPointer(List<Object> elements, FactTypes types) {
    StringBuilder pointer = new StringBuilder();
    CelType type = null;
    for (Object element : elements) {
      if (element instanceof Number index && type != null) {
        pointer.append('/').append(index);
        type = elements(type);
        continue;
      }
      String name = element.toString();
      Optional<CelType> next =
          type == null
              ? Optional.ofNullable(types.variables().get(name))
              : FactTypes.member(type, name);
      if (next.isEmpty()) {
        break;
      }
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
      type = next.orElseThrow();
    }
    return pointer.toString();
  }

  private static CelType elements(CelType type) {
    return type instanceof ListType list ? list.elemType() : SimpleType.DYN;
  }

  private static CelType below(CelType type, String name) {
    return FactTypes.below(type, name).orElse(SimpleType.DYN);
  }

  private static List<Object> prepend(Object element, List<Object> below) {
    return ImmutableList.builder().add(element).addAll(below).build();
  }
}
