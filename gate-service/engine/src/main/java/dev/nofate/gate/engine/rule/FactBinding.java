package dev.nofate.gate.engine.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.CelVariableResolver;
import dev.nofate.gate.engine.fact.CelFacts;
import dev.nofate.gate.engine.fact.FactPath.Finding;
import dev.nofate.gate.engine.rule.FactVariables.Variable;
import java.util.Optional;

/**
 * The facts of one request, bound to the variables of one ruleset; used by one thread. A fact is
 * looked for, and made a CEL value, when the first rule reads it.
 */
final class FactBinding implements CelVariableResolver {

  private final JsonNode facts;
  private final FactVariables variables;
  private final Finding[] findings;
  private final Object[] values;

  FactBinding(JsonNode facts, FactVariables variables) {
    this.facts = facts;
    this.variables = variables;
    this.findings = new Finding[variables.count()];
    this.values = new Object[variables.count()];
  }

  /** CEL asks for a variable; one behind an impassable path is an evaluation error. */
  @Override
  public Optional<Object> find(String name) {
    Variable variable = variables.named(name);
    return variable == null ? Optional.empty() : Optional.of(value(variable));
  }

  boolean isStated(Variable variable) {
    return finding(variable) instanceof Finding.Present;
  }

  private Object value(Variable variable) {
    Object known = values[variable.index()];
    if (known == null) {
      known = made(variable, finding(variable));
      values[variable.index()] = known;
    }
    return known;
  }

  private static Object made(Variable variable, Finding finding) {
    if (finding instanceof Finding.Impassable) {
      throw new IllegalArgumentException("a value on the way to the fact has no members");
    }
    if (variable.presence()) {
      return finding instanceof Finding.Present;
    }
    return finding instanceof Finding.Present present
        ? CelFacts.value(present.value(), variable.type())
        : CelUnknownSet.create(CelAttribute.fromQualifiedIdentifier(variable.name()));
  }

  private Finding finding(Variable variable) {
    Finding known = findings[variable.index()];
    if (known == null) {
      known = variable.path().find(facts);
      findings[variable.index()] = known;
    }
    return known;
  }
}
