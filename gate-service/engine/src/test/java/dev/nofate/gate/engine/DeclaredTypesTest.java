package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A declared type counts wherever the fact stands. */
class DeclaredTypesTest {

  @Test
  void aWholeNumberIsADoubleWhereverANumberIsDeclared() {
    for (String condition :
        new String[] {
          "proposal.rows.exists(r, r.price * 2.0 > 3.0)",
          "proposal.rows[0].price * 2.0 > 3.0",
          "proposal.rows.map(r, r.price * 2.0)[0] > 3.0",
          "proposal.by_name['a'].price * 2.0 > 3.0",
          "proposal.by_name.exists(n, proposal.by_name[n].price * 2.0 > 3.0)",
          "proposal.grid[0][0] * 2.0 > 3.0",
          "proposal.one.price * 2.0 > 3.0"
        }) {
      Decision decision = Decisions.decide(ruleset(condition), Decisions.body(FACTS));
      assertThat(decision.reason()).as(condition).isEmpty();
    }
  }

  @Test
  void anObjectIsAMapToEveryOperator() {
    for (String condition :
        new String[] {
          "proposal.open == {'a': 1, 'b': [1], 'c': {'d': 'e'}}",
          "{'c': {'d': 'e'}, 'b': [1], 'a': 1} == proposal.open",
          "proposal.open != {'a': 1} && {} != proposal.open",
          "dyn(proposal.rows[0]) == {'price': 2.0}",
          "dyn([{'price': 2.0}]) == proposal.rows",
          "size(proposal.open) == 3 && proposal.open.size() == 3",
          "'a' in proposal.open && !('z' in proposal.open) && !(dyn(1) in proposal.open)",
          "has(proposal.open.c.d) && proposal.open.c.d == 'e'",
          "proposal.open.all(k, k < 'd') && proposal.open.exists_one(k, k == 'b')",
          "proposal.open.map(k, k) == ['a', 'b', 'c']",
          "proposal.open.filter(k, k != 'b') == ['a', 'c']",
          "[proposal.open].exists(o, o.c.d == 'e' && o['a'] == 1 && !has(o.z))",
          "{'x': proposal.open}.x.c.d == 'e'",
          "(true ? proposal.open : {}).a == 1"
        }) {
      Decision decision = Decisions.decide(ruleset(condition), Decisions.body(FACTS));
      assertThat(decision.reason()).as(condition).isEmpty();
    }
  }

  private static final String FACTS =
      """
      "proposal":{"rows":[{"price":2}],"by_name":{"a":{"price":2}},"grid":[[2]],"one":{"price":2},
      "open":{"c":{"d":"e"},"a":1,"b":[1]}}
      """;

  private static CompiledRuleset ruleset(String condition) {
    String priced =
        "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"price\":{\"type\":\"number\"}}}";
    return TestRulesets.compile(
        """
        { "name": "any", "scope": "Anything.", "decision_window_ms": 0, "max_clock_skew_ms": 0,
          "facts": { "type": "object", "additionalProperties": false, "properties": {
            "proposal": { "type": "object", "additionalProperties": false, "properties": {
              "rows": { "type": "array", "items": %s },
              "by_name": { "type": "object", "additionalProperties": %s },
              "grid": { "type": "array", "items": { "type": "array", "items": { "type": "number" } } },
              "one": %s, "open": { "type": "object" } } } } },
          "rules": [ { "id": "r", "when": "%s", "outcome": "COMPLIANCE" } ] }
        """
            .formatted(priced, priced, priced, condition));
  }
}
