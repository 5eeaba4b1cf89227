package dev.nofate.checks.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.checks.Repository;
import dev.nofate.checks.Yaml;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WorkflowTest {

  private static final Path FOLDER = Repository.path(".github/workflows");
  private static final Pattern SECRET_IN_SHELL = Pattern.compile("\\$\\{\\{ *secrets\\.");
  private static final Pattern INPUT_IN_SHELL =
      Pattern.compile("\\$\\{\\{ *(inputs|github\\.event|github\\.head_ref)");

  private final Map<String, Workflow> workflows = new TreeMap<>();

  WorkflowTest() {
    for (Path file : Repository.files(FOLDER, ".yml")) {
      workflows.put(file.getFileName().toString(), read(file));
    }
  }

  @Test
  void coverThePipelineFromAChangeToARollBack() {
    assertThat(workflows.keySet())
        .contains(
            "verify.yml",
            "publication-gate.yml",
            "native.yml",
            "images.yml",
            "deploy-staging.yml",
            "canary.yml",
            "promote.yml",
            "rollback.yml",
            "notify.yml");
    assertThat(workflows.get("native.yml").jobs().get("executable").strategy().matrix())
        .hasEntrySatisfying("include", include -> assertThat(include).hasSize(5));
    assertThat(workflows.get("images.yml").jobs().get("image").needs().get(0).asText())
        .isEqualTo("gate");
  }

  @Test
  void mayDoNothingThatTheyDoNotAskForAndEndByThemselves() {
    workflows.forEach(
        (name, workflow) -> {
          assertThat(workflow.permissions()).as(name).isEqualTo(Map.of("contents", "read"));
          workflow
              .jobs()
              .forEach(
                  (job, body) -> {
                    if (body.uses() == null) {
                      assertThat(body.timeoutMinutes()).as("%s %s", name, job).isPositive();
                      assertThat(body.runsOn()).isEqualTo("ubuntu-24.04");
                      assertThat(body.steps()).isNotEmpty();
                    }
                  });
        });
  }

  @Test
  void referToJobsAndWorkflowsThatExistWithTheInputsTheyTake() {
    workflows.forEach(
        (name, workflow) ->
            workflow
                .jobs()
                .forEach(
                    (job, body) -> {
                      if (body.needs() != null) {
                        Set<String> needs = new HashSet<>();
                        if (body.needs().isTextual()) {
                          needs.add(body.needs().asText());
                        } else {
                          body.needs().forEach(need -> needs.add(need.asText()));
                        }
                        assertThat(workflow.jobs().keySet()).as(name).containsAll(needs);
                      }
                      if (body.uses() != null) {
                        called(name, body);
                      }
                    }));
  }

  @Test
  void useActionsOfAStatedVersionAndPasteNothingForeignIntoAShell() {
    workflows.forEach(
        (name, workflow) ->
            workflow.jobs().values().stream()
                .filter(job -> job.steps() != null)
                .flatMap(job -> job.steps().stream())
                .forEach(
                    step -> {
                      assertThat(step.uses() == null).isNotEqualTo(step.run() == null);
                      if (step.uses() != null) {
                        assertThat(step.uses()).as(name).matches("[a-z-]+/[a-z-]+@v[0-9]+");
                      } else {
                        assertThat(SECRET_IN_SHELL.matcher(step.run()).find()).isFalse();
                        Matcher foreign = INPUT_IN_SHELL.matcher(step.run());
                        assertThat(foreign.find()).as("%s: %s", name, step.name()).isFalse();
                      }
                    }));
  }

  @Test
  void productionIsEnteredThroughItsEnvironmentAlone() {
    for (String name : new String[] {"canary.yml", "promote.yml", "rollback.yml"}) {
      Workflow workflow = workflows.get(name);
      assertThat(workflow.on().keySet()).containsExactly("workflow_dispatch");
      assertThat(workflow.jobs().values())
          .anyMatch(
              job ->
                  job.inputs() != null
                      && job.inputs().containsKey("environment")
                      && job.inputs().get("environment").asText().equals("production"));
    }
    assertThat(workflows.get("apply.yml").jobs().get("apply").environment())
        .isEqualTo("${{ inputs.environment }}");
  }

  @Test
  void imagesComeWithABillOfMaterialsProvenanceAndABudget() {
    String text = Repository.text(FOLDER.resolve("images.yml"));
    assertThat(text)
        .contains("sbom: true", "provenance: mode=max", "attest-build-provenance")
        .contains("deploy/docker/size-budgets.yaml");
  }

  @Test
  void everythingThatIsDependedOnIsLookedAtEachWeek() {
    JsonNode updates = Yaml.tree(Repository.path(".github/dependabot.yml")).get("updates");
    Set<String> ecosystems = new HashSet<>();
    for (JsonNode update : updates) {
      ecosystems.add(update.get("package-ecosystem").asText());
      assertThat(update.at("/schedule/interval").asText()).isEqualTo("weekly");
      String folder = update.get("directory").asText().substring(1);
      assertThat(folder.isEmpty() ? Repository.path("pom.xml") : Repository.path(folder)).exists();
    }
    assertThat(ecosystems)
        .containsExactlyInAnyOrder("maven", "docker", "docker-compose", "github-actions");
  }

  private void called(String name, Workflow.Job job) {
    assertThat(job.uses()).startsWith("./.github/workflows/");
    Workflow target = workflows.get(job.uses().substring("./.github/workflows/".length()));
    assertThat(target).as(name).isNotNull();
    Workflow.Trigger call = target.on().get("workflow_call");
    assertThat(call).as(job.uses()).isNotNull();
    Map<String, Workflow.Input> known = call.inputs() == null ? Map.of() : call.inputs();
    Set<String> given = job.inputs() == null ? Set.of() : job.inputs().keySet();
    assertThat(known.keySet()).containsAll(given);
    known.forEach(
        (input, declared) -> {
          if (declared.required()) {
            assertThat(given).as("%s calls %s", name, job.uses()).contains(input);
          }
        });
  }

  /** A schedule is a list where every other trigger is a map. */
  private static Workflow read(Path file) {
    ObjectNode tree = (ObjectNode) Yaml.tree(file);
    ObjectNode on = (ObjectNode) tree.get("on");
    if (on.has("schedule")) {
      assertThat(on.at("/schedule/0/cron").asText()).matches("([0-9*/,-]+ ){4}[0-9*/,-]+");
      on.putObject("schedule");
    }
    return Yaml.as(tree, Workflow.class);
  }
}
