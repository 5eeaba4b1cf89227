package dev.nofate.cli.stack;

import dev.nofate.embedded.FreePort;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which part listens where. A port once given is kept: a running part keeps it anyway, and one that
 * is down gets it again while it is free.
 *
 * @param byPart port by part name
 */
record Ports(Map<String, Integer> byPart) {

  static final String GATEWAY = "gateway";
  static final String POSTGRES = "postgres";
  static final String REDIS = "redis";

  /**
   * Chooses ports: as before for parts that run, and near to what is usual for those that do not.
   */
  static Ports choose(Home home, Predicate<String> runs) {
    Map<String, Integer> before =
        StateFile.read(home.portsFile(), Ports.class).map(Ports::byPart).orElse(Map.of());
    Map<String, Integer> chosen = new TreeMap<>();
    Set<Integer> taken = new HashSet<>();
    preferred()
        .forEach(
            (part, usual) -> {
              if (runs.test(part) && before.containsKey(part)) {
                chosen.put(part, before.get(part));
                taken.add(before.get(part));
              }
            });
    preferred()
        .forEach(
            (part, usual) ->
                chosen.computeIfAbsent(
                    part, name -> free(before.getOrDefault(name, usual), taken)));
    Ports ports = new Ports(chosen);
    StateFile.write(home.portsFile(), ports);
    return ports;
  }

  int of(String part) {
    return byPart.get(part);
  }

  String url(String part) {
    return "http://127.0.0.1:" + of(part);
  }

  String url(Service service) {
    return url(service.serviceName());
  }

  private static int free(int wanted, Set<Integer> taken) {
    int port = taken.contains(wanted) ? FreePort.any() : FreePort.preferring(wanted);
    while (!taken.add(port)) {
      port = FreePort.any();
    }
    return port;
  }

  private static Map<String, Integer> preferred() {
    Map<String, Integer> ports =
        new TreeMap<>(Map.of(GATEWAY, 8080, POSTGRES, 15432, REDIS, 16379));
    for (Service service : Service.values()) {
      ports.put(service.serviceName(), service.preferredPort());
    }
    return ports;
  }
}
