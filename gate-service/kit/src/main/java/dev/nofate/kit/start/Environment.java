package dev.nofate.kit.start;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The variables a process was started with.
 *
 * @param values answers the text of a variable, null when it is not set
 */
public record Environment(UnaryOperator<String> values) {

  private static final String DEVELOPMENT = "development";
  private static final String PRODUCTION = "production";

  /** This process's own; a system property of the name stands in for a variable that is not set. */
  public static Environment ofProcess() {
    return new Environment(
        name -> System.getenv(name) == null ? System.getProperty(name) : System.getenv(name));
  }

  /** What is set; blank counts as not set. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.apply(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** Whether defaults and short secrets are refused. */
  public boolean isProduction() {
    return get("NOFATE_ENV").orElse(DEVELOPMENT).equals(PRODUCTION);
  }

  /** Whether the process ends once the database is migrated; then nothing else is needed. */
  public boolean isMigrationOnly() {
    return get("MIGRATE_ONLY").orElse("false").equals("true");
  }

  @Override
  public String toString() {
    return "Environment[" + (isProduction() ? PRODUCTION : DEVELOPMENT) + "]";
  }
}
