package dev.nofate.gate.clock;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The one place that the service's wall clock comes from. */
@ApplicationScoped
public class WallClock {

  @Produces
  @Singleton
  InstantSource wallClock() {
    return InstantSource.system();
  }
}
