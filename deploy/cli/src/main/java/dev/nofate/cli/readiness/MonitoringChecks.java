package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.needsPerson;
import static dev.nofate.cli.readiness.Outcome.verified;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Traces, logs, alert rules and dashboards, where the systems that hold them can be asked. */
final class MonitoringChecks implements Register.Family {

  private static final int OK = 200;
  private static final int CONNECT_MILLIS = 3_000;
  private static final List<String> SERVICES =
      List.of(Settings.GATE, Settings.AUDIT, Settings.BILLING, Settings.METER, Settings.INVOICE);

  /** How the name of the rule for a line begins, by the checklist's ids. */
  private static final Map<String, Pattern> RULES = rules();

  private static final Map<String, String> DASHBOARDS =
      Map.of(
          "dashboard-states", "terminal state",
          "dashboard-gates", "gate failure",
          "dashboard-revenue", "billing revenue",
          "dashboard-health", "system health");

  private final Settings settings;
  private final Http http;
  private final Supplier<Map<String, String>> rules;
  private final Supplier<List<String>> dashboards;

  MonitoringChecks(Settings settings, Http http) {
    this.settings = settings;
    this.http = http;
    this.rules = Once.of(this::loadedRules);
    this.dashboards = Once.of(this::loadedDashboards);
  }

  private static Map<String, Pattern> rules() {
    Map<String, Pattern> rules = new LinkedHashMap<>();
    rules.put("alert-error-rate", named("error.?rate"));
    rules.put("alert-latency", named("p95|latency"));
    rules.put("alert-pool", named("pool"));
    rules.put("alert-redis", named("redis"));
    rules.put("alert-webhooks", named("webhook"));
    rules.put("alert-chain", named("chain|audit.?integrity"));
    rules.put("worker-alerts", named("worker"));
    return rules;
  }

  private static Pattern named(String words) {
    return Pattern.compile("(?i).*(?:" + words + ").*");
  }

  @Override
  public void enter(Register register) {
    register.line("telemetry", this::telemetry).line("log-aggregation", this::logs);
    RULES.forEach((id, name) -> register.line(id, () -> rule(name)));
    register.line("alerts", this::alerts);
    DASHBOARDS.forEach((id, title) -> register.line(id, () -> dashboard(title)));
    register.line("dashboards", this::allDashboards);
  }

  private Outcome telemetry() {
    List<String> without =
        SERVICES.stream().filter(service -> endpoint(service).isEmpty()).toList();
    if (without.size() == SERVICES.size() && settings.names().size() < 2) {
      throw new OutOfReach("OTEL_EXPORTER_OTLP_ENDPOINT is not given (--env).");
    }
    if (!without.isEmpty()) {
      return failed("OTEL_EXPORTER_OTLP_ENDPOINT is not set for %s.", String.join(", ", without));
    }
    URI collector = URI.create(endpoint(Settings.GATE).orElseThrow());
    InetSocketAddress address = new InetSocketAddress(collector.getHost(), collector.getPort());
    if (address.isUnresolved()) {
      throw new OutOfReach("The collector's host %s is not known here.", collector.getHost());
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return verified("All five services export to %s, which accepts connections.", collector);
    } catch (IOException e) {
      return failed(
          "The collector %s does not accept a connection: %s.", collector, e.getMessage());
    }
  }

  private Optional<String> endpoint(String service) {
    return settings.of(service, "OTEL_EXPORTER_OTLP_ENDPOINT");
  }

  private Outcome logs() {
    List<String> plain =
        SERVICES.stream()
            .filter(service -> settings.of(service, "LOG_JSON").filter("true"::equals).isEmpty())
            .toList();
    if (plain.size() == SERVICES.size() && settings.names().size() < 2) {
      throw new OutOfReach("LOG_JSON is not given (--env).");
    }
    return plain.isEmpty()
        ? needsPerson(
            "LOG_JSON is true for all five services; where their lines are gathered does not show.")
        : failed("LOG_JSON is not true for %s.", String.join(", ", plain));
  }

  private Outcome alerts() {
    List<String> missing = new ArrayList<>();
    RULES.forEach(
        (id, name) -> {
          if (rules.get().keySet().stream().noneMatch(rule -> name.matcher(rule).matches())) {
            missing.add(id);
          }
        });
    return missing.isEmpty()
        ? verified(
            "Prometheus has %d alert rules loaded, one at least for each line below.",
            rules.get().size())
        : failed("Prometheus has no rule loaded for %s.", String.join(", ", missing));
  }

  private Outcome rule(Pattern name) {
    List<String> found =
        rules.get().keySet().stream().filter(rule -> name.matcher(rule).matches()).toList();
    if (found.isEmpty()) {
      return failed("No rule of this kind is loaded.");
    }
    List<String> faulty =
        found.stream().filter(rule -> !"ok".equals(rules.get().get(rule))).toList();
    return faulty.isEmpty()
        ? verified("Loaded and evaluated without an error: %s.", String.join(", ", found))
        : failed("Loaded, and not evaluated well: %s.", String.join(", ", faulty));
  }

  /** Health of each alert rule by its name. */
  private Map<String, String> loadedRules() {
    String base = settings.need("PROMETHEUS_URL").replaceAll("/$", "");
    JsonNode answer =
        http.get(base + "/api/v1/rules?type=alert", Map.of())
            .expect(OK, "Prometheus' /api/v1/rules")
            .json();
    Map<String, String> loaded = new LinkedHashMap<>();
    for (JsonNode group : answer.at("/data/groups")) {
      for (JsonNode rule : group.path("rules")) {
        String health = rule.path("health").asText();
        // A rule that was not evaluated yet is unknown: as good as its group is young.
        loaded.merge(
            rule.path("name").asText(),
            "unknown".equals(health) ? "ok" : health,
            (one, two) -> "ok".equals(one) ? two : one);
      }
    }
    return loaded;
  }

  private Outcome allDashboards() {
    List<String> missing =
        DASHBOARDS.values().stream().filter(title -> matching(title).isEmpty()).sorted().toList();
    return missing.isEmpty()
        ? verified(
            "Grafana has %d dashboards, the four named below among them.", dashboards.get().size())
        : failed("Grafana has no dashboard for %s.", String.join(", ", missing));
  }

  private Outcome dashboard(String title) {
    List<String> found = matching(title);
    return found.isEmpty()
        ? failed("Grafana has no dashboard of this name.")
        : verified("Grafana has it: %s.", String.join(", ", found));
  }

  private List<String> matching(String title) {
    return dashboards.get().stream()
        .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains(title))
        .toList();
  }

  private List<String> loadedDashboards() {
    String base = settings.need("GRAFANA_URL").replaceAll("/$", "");
    Map<String, String> login =
        settings
            .any("GRAFANA_TOKEN")
            .map(token -> Map.of("Authorization", "Bearer " + token))
            .orElse(Map.of());
    List<String> titles = new ArrayList<>();
    http.get(base + "/api/search?type=dash-db&limit=1000", login)
        .expect(OK, "Grafana's /api/search")
        .json()
        .forEach(found -> titles.add(found.path("title").asText()));
    return titles;
  }
}
