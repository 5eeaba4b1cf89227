package dev.nofate.cli.readiness;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is looked at, and with which knowledge.
 *
 * @param name as reports name it
 * @param url where clients go
 * @param stack whether it is the stack of this machine
 * @param settings the services' variables, as far as they were given
 * @param services addresses of services that can be asked directly, by service name
 * @param root the project's folder: documents and what was built
 * @param state the state folder of the command
 */
record Deployment(
    String name,
    URI url,
    boolean stack,
    Settings settings,
    Map<String, String> services,
    Path root,
    Path state) {

  Deployment {
    services = Map.copyOf(services);
  }

  /** A public address. */
  String at(String path) {
    return url + path;
  }

  /** The operator's key. */
  String operatorKey() {
    return settings.need("ADMIN_API_KEY");
  }

  Optional<String> service(String name) {
    return Optional.ofNullable(services.get(name));
  }

  /** Whether bills go to Stripe; a deployment whose mode is not known is taken for one. */
  boolean isMock() {
    return settings.of(Settings.BILLING, "BILLING_MODE").filter("mock"::equals).isPresent();
  }

  /** Whether an address is this machine's own. */
  static boolean isLoopback(String host) {
    return host != null
        && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
  }

  @Override
  public String toString() {
    return "Deployment[" + name + "]";
  }
}
