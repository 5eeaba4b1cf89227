package dev.nofate.gate.engine;

import dev.nofate.gate.engine.json.Octets;
import java.util.Optional;

/** Derives a decision once more, from nothing but the canonical octets of the request. */
@FunctionalInterface
interface SecondDeriver {

  /** The decision as it stands before the validity gate; empty when the octets are unreadable. */
  Optional<Decision> derive(
      Octets canonical, Direction direction, VersionedRuleset ruleset, Admission admission);
}
