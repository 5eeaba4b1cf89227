package dev.nofate.gate.ruleset;

import dev.nofate.gate.engine.Engine;
import dev.nofate.gate.engine.EngineLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The engine and its limits, one of each for the whole service. */
@ApplicationScoped
class EngineParts {

  @Produces
  @Singleton
  EngineLimits limits() {
    return EngineLimits.defaults();
  }

  @Produces
  @Singleton
  Engine engine(EngineLimits limits) {
    return new Engine(limits);
  }
}
