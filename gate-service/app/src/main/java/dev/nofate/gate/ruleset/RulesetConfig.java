package dev.nofate.gate.ruleset;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of publishing and serving rulesets. */
@ConfigMapping(prefix = "nofate.ruleset")
public interface RulesetConfig {

  /** How many compiled rulesets are kept in memory, by digest. */
  @WithDefault("1000")
  int compiledCacheSize();

  /** How often a version number is taken anew when another publisher was faster. */
  @WithDefault("5")
  int publishAttempts();
}
