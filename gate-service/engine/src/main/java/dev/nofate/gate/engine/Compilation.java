package dev.nofate.gate.engine;

import java.util.List;

/** What became of a ruleset document. */
public sealed interface Compilation {

  /** The document can be published and decides. */
  record Compiled(CompiledRuleset ruleset) implements Compilation {}

  /** The document is refused, with every reason found. */
  record Refused(List<RulesetProblem> problems) implements Compilation {

    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
