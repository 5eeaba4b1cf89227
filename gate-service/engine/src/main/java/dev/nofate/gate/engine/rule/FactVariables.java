package dev.nofate.gate.engine.rule;

import dev.cel.common.types.CelType;
import dev.nofate.gate.engine.fact.FactPath;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The facts that the rules of one ruleset read, each under a variable of its own. The names contain
 * {@code @}, so that no expression can spell them.
 */
final class FactVariables {

  private static final String VALUE = "@fact";
  private static final String PRESENCE = "@has";

  private final Map<FactPath, Variable> values = new LinkedHashMap<>();
  private final Map<FactPath, Variable> presences = new LinkedHashMap<>();

  /**
   * A fact behind a variable.
   *
   * @param name the variable
   * @param path the fact
   * @param fact the fact's name
   * @param type its declared type
   */
  record Variable(String name, FactPath path, String fact, CelType type) {

    Variable(String name, FactPath path, CelType type) {
      this(name, path, path.name(), type);
    }
  }

  Variable value(FactPath path, CelType type) {
    return values.computeIfAbsent(path, p -> new Variable(VALUE + values.size(), p, type));
  }

  Variable presence(FactPath path, CelType type) {
    return presences.computeIfAbsent(path, p -> new Variable(PRESENCE + presences.size(), p, type));
  }

  Iterable<Variable> values() {
    return values.values();
  }

  Iterable<Variable> presences() {
    return presences.values();
  }
}
