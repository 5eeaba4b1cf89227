package dev.nofate.audit.append;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.InstantSource;

/** The clock that events are stamped with. */
class LogClock {

  @Produces
  @DefaultBean
  @ApplicationScoped
  InstantSource clock() {
    return Clock.systemUTC();
  }
}
