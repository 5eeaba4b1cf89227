package dev.nofate.cli.readiness;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.StackFile;
import dev.nofate.cli.stack.StackVariables;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** From what the command line names to a deployment with everything that is known of it. */
final class Targets {

  private static final String OPERATOR_KEY = "ADMIN_API_KEY";

  private Targets() {}

  /** The stack of a state folder; a file's variables stand above its own. */
  static Deployment stack(Home home, Path env) {
    StackFile stack =
        StackFile.read(home)
            .orElseThrow(
                () -> new CommandFailure("no stack runs in " + home.folder() + " (nofate up)"));
    Map<String, String> services = new LinkedHashMap<>();
    stack.services().forEach((name, running) -> services.put(name, running.url()));
    Map<String, String> shared = new HashMap<>(env == null ? Map.of() : Settings.of(env).shared());
    shared.putIfAbsent(OPERATOR_KEY, stack.adminToken());
    return new Deployment(
        "the stack in " + home.folder(),
        URI.create(stack.gatewayUrl()),
        true,
        new Settings(shared, StackVariables.of(home)),
        services,
        home.root(),
        home.folder());
  }

  /** A deployment somewhere else. */
  static Deployment remote(String target, Path env, Home home) {
    URI url = address(target);
    Map<String, String> shared = new HashMap<>(env == null ? Map.of() : Settings.of(env).shared());
    String key = System.getenv(OPERATOR_KEY);
    if (key != null && !key.isBlank()) {
      shared.putIfAbsent(OPERATOR_KEY, key);
    }
    Map<String, String> services = new LinkedHashMap<>();
    put(services, Settings.AUDIT, shared.get("AUDIT_URL"));
    put(services, Settings.METER, shared.get("METER_URL"));
    put(services, Settings.INVOICE, shared.get("INVOICE_URL"));
    return new Deployment(
        url.toString(),
        url,
        false,
        new Settings(shared, Map.of()),
        services,
        home.root(),
        home.folder());
  }

  private static void put(Map<String, String> services, String name, String url) {
    if (url != null && !url.isBlank()) {
      services.put(name, url.replaceAll("/$", ""));
    }
  }

  private static URI address(String target) {
    URI url = URI.create(target.replaceAll("/+$", ""));
    boolean known = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    if (!known || url.getHost() == null || url.getRawUserInfo() != null) {
      throw new CommandFailure("--target is neither stack nor an http(s) address: " + target);
    }
    return url;
  }
}
