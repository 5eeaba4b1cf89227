package dev.nofate.checks.observability;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nofate.checks.Repository;
import dev.nofate.checks.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A file of Prometheus's alerting rules, and promtool's tests of it. */
record Rules(List<Group> groups) {

  static final Path FILE = Repository.path("deploy/observability/rules/nofate.yaml");
  static final Path BACKUP = Repository.path("deploy/observability/rules/backup.yaml");
  static final Path TESTS = Repository.path("deploy/observability/rules/nofate_test.yaml");

  record Group(String name, List<Rule> rules) {}

  record Rule(
      String alert,
      String expr,
      @JsonProperty("for") String lasting,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  record Tests(
      @JsonProperty("rule_files") List<String> ruleFiles,
      @JsonProperty("evaluation_interval") String evaluationInterval,
      List<Case> tests) {}

  record Case(
      String name,
      String interval,
      @JsonProperty("input_series") List<Series> inputSeries,
      @JsonProperty("alert_rule_test") List<Expectation> alertRuleTest) {}

  record Series(String series, String values) {}

  record Expectation(
      @JsonProperty("eval_time") String evalTime,
      String alertname,
      @JsonProperty("exp_alerts") List<Alert> alerts) {}

  record Alert(
      @JsonProperty("exp_labels") Map<String, String> labels,
      @JsonProperty("exp_annotations") Map<String, String> annotations) {}

  static List<Rule> all() {
    return Stream.of(FILE, BACKUP)
        .flatMap(file -> Yaml.read(file, Rules.class).groups().stream())
        .flatMap(group -> group.rules().stream())
        .toList();
  }

  static List<Expectation> expectations() {
    return Yaml.read(TESTS, Tests.class).tests().stream()
        .flatMap(test -> test.alertRuleTest().stream())
        .toList();
  }
}
