package dev.nofate.cli.readiness;

import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment variables of a deployment. A variable that differs from service to service
 * ({@code DATABASE_URL}) carries the service's first word in front where one file holds all of
 * them: {@code GATE_DATABASE_URL}.
 *
 * @param shared variables of every service
 * @param services variables of one service, by its name
 */
record Settings(Map<String, String> shared, Map<String, Map<String, String>> services) {

  static final String GATE = "gate-service";
  static final String AUDIT = "audit-service";
  static final String BILLING = "billing-service";
  static final String METER = "meter-worker";
  static final String INVOICE = "invoice-worker";

  private static final int LONGEST_FILE = 1 << 20;
  private static final int SHORTEST_SECRET = 6;
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)");
  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(?:SECRET|KEY|TOKEN|PASSWORD|SALT)S?");
  private static final Pattern LOGIN = Pattern.compile("[a-z+]+://[^/@\\s]*?:([^/@\\s]+)@.*");

  Settings {
    shared = Map.copyOf(shared);
    services = Map.copyOf(services);
  }

  /** Nothing is known. */
  static Settings none() {
    return new Settings(Map.of(), Map.of());
  }

  /** Reads {@code NAME=value} lines; comments, blank lines, {@code export} and quotes are known. */
  static Settings of(Path file) {
    try {
      if (Files.size(file) > LONGEST_FILE) {
        throw new CommandFailure(file + " is longer than 1 MiB");
      }
      return new Settings(assignments(file), Map.of());
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> assignments(Path file) throws IOException {
    Map<String, String> variables = new TreeMap<>();
    int number = 0;
    for (String raw : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher assignment = ASSIGNMENT.matcher(line);
      if (!assignment.matches()) {
        throw new CommandFailure("%s: line %d assigns nothing".formatted(file, number));
      }
      variables.put(assignment.group(1), unquoted(assignment.group(2).strip()));
    }
    return variables;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.startsWith("\"") && value.endsWith("\"")
                || value.startsWith("'") && value.endsWith("'"));
    if (quoted) {
      return value.substring(1, value.length() - 1);
    }
    int comment = value.indexOf(" #");
    return comment < 0 ? value : value.substring(0, comment).strip();
  }

  /** A variable as a service has it; blank counts as absent. */
  Optional<String> of(String service, String name) {
    String prefixed = service.replaceFirst("-.*", "").toUpperCase(Locale.ROOT) + "_" + name;
    return present(services.getOrDefault(service, Map.of()).get(name))
        .or(() -> present(shared.get(prefixed)))
        .or(() -> present(shared.get(name)));
  }

  /** A variable of whichever service has it. */
  Optional<String> any(String name) {
    return present(shared.get(name))
        .or(
            () ->
                services.values().stream()
                    .flatMap(variables -> present(variables.get(name)).stream())
                    .findFirst());
  }

  /** The same, for a check that has nothing to look at without it. */
  String need(String service, String name) {
    return of(service, name)
        .orElseThrow(() -> new OutOfReach("%s of %s is not given (--env).", name, service));
  }

  String need(String name) {
    return any(name).orElseThrow(() -> new OutOfReach("%s is not given (--env).", name));
  }

  boolean isEmpty() {
    return shared.isEmpty() && services.isEmpty();
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(shared.keySet());
    services.values().forEach(variables -> names.addAll(variables.keySet()));
    return names;
  }

  /** Whether a variable of this name holds something that nobody else is shown. */
  static boolean isSecret(String name) {
    return SECRET_NAME.matcher(name).matches();
  }

  /** Every value, and every password inside one, that no report may hold. */
  Set<String> secrets() {
    List<Map.Entry<String, String>> all = new ArrayList<>(shared.entrySet());
    services.values().forEach(variables -> all.addAll(variables.entrySet()));
    Set<String> secrets = new TreeSet<>();
    for (Map.Entry<String, String> variable : all) {
      if (isSecret(variable.getKey())) {
        secrets.addAll(List.of(variable.getValue().split(",")));
      }
      Matcher login = LOGIN.matcher(variable.getValue());
      if (login.matches()) {
        secrets.add(login.group(1));
      }
    }
    secrets.removeIf(secret -> secret.length() < SHORTEST_SECRET);
    return secrets;
  }

  private static Optional<String> present(String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }

  @Override
  public String toString() {
    return "Settings" + names();
  }
}
