package dev.nofate.cli.stack;

import dev.nofate.cli.CommandFailure;
import dev.nofate.embedded.ServiceKeys;
import java.util.Map;
import java.util.TreeMap;

/** The environment variables that the stack of a state folder gives its services. */
public final class StackVariables {

  private StackVariables() {}

  /** Variables by service name. They hold secrets. */
  public static Map<String, Map<String, String>> of(Home home) {
    Ports ports =
        StateFile.read(home.portsFile(), Ports.class)
            .orElseThrow(() -> new CommandFailure("no stack was started in " + home.folder()));
    ServiceEnvironment environment =
        new ServiceEnvironment(
            Secrets.of(home), ports, Tuning.of(home), ServiceKeys.in(home.keys()), Map.of());
    Map<String, Map<String, String>> variables = new TreeMap<>();
    for (Service service : Service.values()) {
      variables.put(service.serviceName(), environment.of(service));
    }
    return variables;
  }
}
