package dev.nofate.gate.engine.rendering;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.mustachejava.Binding;
import com.github.mustachejava.Code;
import com.github.mustachejava.Iteration;
import com.github.mustachejava.ObjectHandler;
import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.util.Wrapper;
import dev.nofate.gate.engine.json.CanonicalJson;
import java.io.Writer;
import java.util.List;

/**
 * How Mustache sees JSON. Names are looked up in facts or in the element at hand and nowhere else:
 * there is no outward search, no reflection and no call. What is not there is recorded as missing.
 */
final class JsonValues implements ObjectHandler {

  @Override
  public Binding createBinding(String name, TemplateContext context, Code code) {
    ValuePath path = name == null ? null : ValuePath.of(name);
    return scopes -> path.from(innermost(scopes));
  }

  @Override
  public Wrapper find(String name, List<Object> scopes) {
    return seen -> ValuePath.of(name).from(innermost(seen));
  }

  @Override
  public Object coerce(Object object) {
    return object;
  }

  /** A section: a true boolean runs it once, an array for each element, an object within itself. */
  @Override
  public Writer iterate(Iteration section, Writer writer, Object object, List<Object> scopes) {
    Value value = (Value) object;
    if (!value.isThere()) {
      value.run().missing(value);
      return writer;
    }
    JsonNode node = value.node();
    if (node.isArray()) {
      for (JsonNode element : node) {
        value.run().iterate();
        section.next(writer, value.element(element), scopes);
      }
    } else if (node.isObject()) {
      value.run().iterate();
      section.next(writer, value, scopes);
    } else if (node.isBoolean()) {
      if (node.booleanValue()) {
        value.run().iterate();
        section.next(writer, innermost(scopes), scopes);
      }
    } else {
      value.run().missing(value);
    }
    return writer;
  }

  /** An inverted section: false or an empty array runs it. */
  @Override
  public Writer falsey(Iteration section, Writer writer, Object object, List<Object> scopes) {
    Value value = (Value) object;
    JsonNode node = value.node();
    if (node == null || !(node.isBoolean() || node.isArray())) {
      value.run().missing(value);
    } else if (node.isBoolean() ? !node.booleanValue() : node.isEmpty()) {
      value.run().iterate();
      section.next(writer, value, scopes);
    }
    return writer;
  }

  /** Strings as they are, booleans as words, numbers in their RFC 8785 form. */
  @Override
  public String stringify(Object object) {
    Value value = (Value) object;
    JsonNode node = value.node();
    if (!value.isThere() || node.isContainerNode() || hasNul(node)) {
      value.run().missing(value);
      return "";
    }
    return node.isTextual() ? node.textValue() : CanonicalJson.write(node).utf8();
  }

  /** U+0000 has no place in markup, and many a reader of text ends there. */
  private static boolean hasNul(JsonNode node) {
    return node.isTextual() && node.textValue().indexOf('\0') >= 0;
  }

  private static Value innermost(List<Object> scopes) {
    return (Value) scopes.get(scopes.size() - 1);
  }
}
