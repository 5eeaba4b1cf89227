package dev.nofate.kit.start;

import dev.nofate.kit.web.ConnectionGuard;
import io.quarkus.runtime.Quarkus;
import java.util.List;

/**
 * Starts a service, or says everything that is wrong with its environment at once. It looks before
 * the framework does, which would stop at the first setting that it cannot use.
 */
public final class Start {

  /** The exit code of a process with an unusable environment (EX_CONFIG of sysexits.h). */
  static final int UNUSABLE = 78;

  private Start() {}

  /** What a service's main method does. */
  public static void checked(Variables variables, String... arguments) {
    List<String> faults = variables.faults(Environment.ofProcess());
    if (!faults.isEmpty()) {
      System.err.println(message(faults));
      System.exit(UNUSABLE);
    }
    System.setProperty(ConnectionGuard.ENABLED_BY, ConnectionGuard.ENABLED);
    Quarkus.run(arguments);
  }

  static String message(List<String> faults) {
    return "Error: the service does not start with these settings:\n - "
        + String.join("\n - ", faults);
  }
}
