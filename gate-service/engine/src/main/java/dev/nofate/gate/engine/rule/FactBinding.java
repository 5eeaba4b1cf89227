package dev.nofate.gate.engine.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.CelVariableResolver;
import dev.nofate.gate.engine.fact.CelFacts;
import dev.nofate.gate.engine.fact.FactPath.Finding;
import dev.nofate.gate.engine.rule.FactVariables.Variable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The facts of one request, bound to the variables of one ruleset. */
final class FactBinding implements CelVariableResolver {

  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, Finding> findings = new HashMap<>();

  FactBinding(JsonNode facts, FactVariables variables) {
    for (Variable variable : variables.values()) {
      Finding finding = variable.path().find(facts);
      findings.put(variable.name(), finding);
      values.put(variable.name(), value(finding, variable));
    }
    for (Variable variable : variables.presences()) {
      Finding finding = variable.path().find(facts);
      findings.put(variable.name(), finding);
      values.put(
          variable.name(),
          finding instanceof Finding.Impassable
              ? finding
              : (Object) (finding instanceof Finding.Present));
    }
  }

  private static Object value(Finding finding, Variable variable) {
    if (finding instanceof Finding.Present present) {
      return CelFacts.value(present.value(), variable.type());
    }
    return finding instanceof Finding.Absent
        ? CelUnknownSet.create(CelAttribute.fromQualifiedIdentifier(variable.name()))
        : finding;
  }

  /** CEL asks for a variable; one behind an impassable path is an evaluation error. */
  @Override
  public Optional<Object> find(String name) {
    Object value = values.get(name);
    if (value instanceof Finding) {
      throw new IllegalArgumentException("a value on the way to the fact has no members");
    }
    return Optional.ofNullable(value);
  }

  boolean isStated(Variable variable) {
    return findings.get(variable.name()) instanceof Finding.Present;
  }

  boolean isAbsent(Variable variable) {
    return findings.get(variable.name()) instanceof Finding.Absent;
  }
}
