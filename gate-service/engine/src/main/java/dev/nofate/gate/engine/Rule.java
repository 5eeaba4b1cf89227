package dev.nofate.gate.engine;

import java.util.List;
import java.util.Optional;

/**
 * One rule of a ruleset.
 *
 * @param id unique within the ruleset
 * @param when the condition, a CEL expression
 * @param outcome what the rule says when it fires
 * @param overrides ids of the rules it silences when it fires
 * @param cite the passage the rule comes from, when stated
 */
public record Rule(
    String id, String when, Outcome outcome, List<String> overrides, Optional<String> cite) {

  public Rule {
    overrides = List.copyOf(overrides);
  }
}
