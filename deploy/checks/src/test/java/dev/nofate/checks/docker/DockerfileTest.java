package dev.nofate.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.checks.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTest {

  private static final Set<String> INSTRUCTIONS =
      Set.of(
          "ARG",
          "FROM",
          "LABEL",
          "WORKDIR",
          "COPY",
          "RUN",
          "USER",
          "EXPOSE",
          "HEALTHCHECK",
          "ENTRYPOINT",
          "CMD");

  /** An instruction and its arguments, continued lines joined. */
  private record Instruction(String name, String arguments) {}

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
  void buildsInOneStageAndRunsInAnother(String file) {
    List<Instruction> all = read(file);
    assertThat(all).extracting(Instruction::name).isSubsetOf(INSTRUCTIONS);
    assertThat(of(all, "FROM")).containsExactly("${BUILDER} AS build", "${RUNTIME} AS runtime");
    for (String argument : of(all, "ARG").subList(0, 2)) {
      assertThat(argument).matches("(BUILDER|RUNTIME)=[a-z0-9./-]+:[0-9][A-Za-z0-9._-]+");
    }
    assertThat(of(all, "ARG")).contains("MODULE", "SERVICE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
  void theRunningStageIsNobodysAndAsksTheServiceHowItIs(String file) {
    List<Instruction> all = read(file);
    List<Instruction> runtime = all.subList(lastFrom(all), all.size());
    assertThat(of(runtime, "USER")).containsExactly("1001");
    assertThat(of(runtime, "RUN")).isEmpty();
    assertThat(of(runtime, "HEALTHCHECK")).hasSize(1).allMatch(h -> h.contains("/q/health/live"));
    assertThat(of(runtime, "ENTRYPOINT")).hasSize(1).allMatch(e -> e.startsWith("["));
    assertThat(of(runtime, "COPY")).isNotEmpty().allMatch(c -> c.contains("--from=build"));
  }

  @Test
  void theJvmImageHasALayerForEachPaceOfChange() {
    List<Instruction> all = read("Dockerfile.jvm");
    List<String> copies = of(all.subList(lastFrom(all), all.size()), "COPY");
    assertThat(copies)
        .extracting(copy -> copy.substring(copy.lastIndexOf(' ') + 1))
        .containsExactly("/work/lib/", "/work/", "/work/app/", "/work/quarkus/");
  }

  @Test
  void theBuildDoesNotSeeWhatItDoesNotNeed() {
    for (String file : List.of("Dockerfile.native", "Dockerfile.jvm")) {
      String ignored = Repository.text(Repository.path("deploy/docker", file + ".dockerignore"));
      assertThat(ignored.lines()).contains("deploy/docker/secrets", ".git", "**/target");
    }
  }

  @Test
  void sizeBudgetsAreStatedForBothFlavours() {
    Map<?, ?> budgets =
        dev.nofate.checks.Yaml.read(Repository.path("deploy/docker/size-budgets.yaml"), Map.class);
    assertThat(budgets.keySet().toString()).contains("native_mib", "jvm_mib");
  }

  private static int lastFrom(List<Instruction> all) {
    int last = 0;
    for (int i = 0; i < all.size(); i++) {
      last = all.get(i).name().equals("FROM") ? i : last;
    }
    return last;
  }

  private static List<String> of(List<Instruction> all, String name) {
    return all.stream().filter(i -> i.name().equals(name)).map(Instruction::arguments).toList();
  }

  private static List<Instruction> read(String file) {
    String text = Repository.text(Repository.path("deploy/docker", file));
    List<Instruction> all = new ArrayList<>();
    for (String line : text.replace("\\\n", " ").lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int space = line.indexOf(' ');
        all.add(
            new Instruction(
                line.substring(0, space),
                line.substring(space + 1).strip().replaceAll("\\s+", " ")));
      }
    }
    return all;
  }
}
