package dev.nofate.gate.engine.rule;

import dev.cel.common.types.CelType;
import dev.nofate.gate.engine.fact.FactPath;
import java.util.HashMap;
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
  private final Map<String, Variable> byName = new HashMap<>();

  /**
   * A fact behind a variable.
   *
   * @param name the variable
   * @param index counts the variables of the ruleset from 0
   * @param presence whether it stands for the fact being stated instead of its value
   * @param path the fact
   * @param fact the fact's name
   * @param type its declared type
   */
  record Variable(
      String name, int index, boolean presence, FactPath path, String fact, CelType type) {}

  Variable value(FactPath path, CelType type) {
    return values.computeIfAbsent(path, p -> made(VALUE + values.size(), false, p, type));
  }

  Variable presence(FactPath path, CelType type) {
    return presences.computeIfAbsent(path, p -> made(PRESENCE + presences.size(), true, p, type));
  }

  /** The variable of this name, or null. */
  Variable named(String name) {
    return byName.get(name);
  }

  int count() {
    return byName.size();
  }

  private Variable made(String name, boolean presence, FactPath path, CelType type) {
    Variable variable = new Variable(name, byName.size(), presence, path, path.name(), type);
    byName.put(name, variable);
    return variable;
  }
}
