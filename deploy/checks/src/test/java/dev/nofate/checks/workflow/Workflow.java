package dev.nofate.checks.workflow;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A GitHub workflow by the fields that these use; another one is a fault. */
record Workflow(
    String name,
    Map<String, Trigger> on,
    Map<String, String> permissions,
    Concurrency concurrency,
    Map<String, Job> jobs) {

  /** What starts it; the fields of all kinds of events that are used here. */
  record Trigger(
      List<String> branches,
      List<String> tags,
      List<String> workflows,
      List<String> types,
      Map<String, Input> inputs) {}

  record Input(String description, boolean required, String type) {}

  record Concurrency(String group, @JsonProperty("cancel-in-progress") boolean cancelInProgress) {}

  record Job(
      JsonNode needs,
      @JsonProperty("if") String condition,
      @JsonProperty("runs-on") String runsOn,
      @JsonProperty("timeout-minutes") Integer timeoutMinutes,
      String environment,
      Concurrency concurrency,
      Map<String, String> permissions,
      Map<String, String> env,
      Strategy strategy,
      Map<String, String> outputs,
      List<Step> steps,
      String uses,
      @JsonProperty("with") Map<String, JsonNode> inputs,
      String secrets) {}

  record Strategy(@JsonProperty("fail-fast") boolean failFast, Map<String, JsonNode> matrix) {}

  record Step(
      String id,
      String name,
      @JsonProperty("if") String condition,
      String uses,
      @JsonProperty("with") Map<String, JsonNode> inputs,
      Map<String, String> env,
      String run) {}
}
