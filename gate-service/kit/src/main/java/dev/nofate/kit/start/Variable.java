package dev.nofate.kit.start;

import java.util.Optional;

/**
 * An environment variable of a service.
 *
 * @param name as operators write it
 * @param form what its text has to look like when it is set
 * @param needed whether production does not start without it
 */
public record Variable(String name, Form form, boolean needed) {

  public static Variable needed(String name, Form form) {
    return new Variable(name, form, true);
  }

  public static Variable optional(String name, Form form) {
    return new Variable(name, form, false);
  }

  /** One sentence that names the variable, never its text; empty when there is no fault. */
  Optional<String> fault(Environment environment) {
    boolean production = environment.isProduction();
    Optional<String> text = environment.get(name);
    if (text.isEmpty()) {
      return needed && production && !environment.isMigrationOnly()
          ? Optional.of(name + ": missing, and NOFATE_ENV is production")
          : Optional.empty();
    }
    return form.fault(text.get(), production).map(observed -> name + ": " + observed);
  }
}
