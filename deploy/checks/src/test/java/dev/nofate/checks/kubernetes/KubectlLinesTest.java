package dev.nofate.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.checks.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What operators are told to type at a cluster names what the overlays render. */
class KubectlLinesTest {

  private static final Path DEPLOY = Repository.path("deploy");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`]+`");
  private static final Pattern COMMAND = Pattern.compile("(?:kubectl|(?<=`)k) ([^`|\\n]*)");
  private static final Pattern WORD = Pattern.compile("'[^']*'|(?:\"[^\"]*\"|\\S)+");
  private static final Pattern SERVICE =
      Pattern.compile(".*/namespaces/([^/]+)/services/([^/:]+):([^/]+)/.*");

  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("deploy", "Deployment"),
          Map.entry("svc", "Service"),
          Map.entry("statefulset", "StatefulSet"),
          Map.entry("job", "Job"),
          Map.entry("hpa", "HorizontalPodAutoscaler"),
          Map.entry("pdb", "PodDisruptionBudget"),
          Map.entry("httproute", "HTTPRoute"),
          Map.entry("externalsecret", "ExternalSecret"),
          Map.entry("objectstore", "ObjectStore"),
          Map.entry("scaledobject", "ScaledObject"),
          Map.entry("cluster", "Cluster"));

  /** Made by controllers, so that no overlay has them. */
  private static final Set<String> MADE_BY_CONTROLLERS =
      Set.of("pod", "pods", "pvc", "events", "backups.postgresql.cnpg.io");

  /** Options whose value is the next word. */
  private static final Set<String> WITH_VALUE =
      Set.of("-n", "-l", "-c", "-o", "-p", "-f", "-k", "--method", "--plugin-name", "--raw");

  private final List<JsonNode> objects =
      Manifests.OVERLAYS.stream()
          .flatMap(overlay -> Manifests.render(overlay, new OwnKustomize()).trees().stream())
          .toList();

  private final List<String> faults = new ArrayList<>();
  private int read;

  @Test
  void nameWhatIsThere() {
    Stream.concat(
            Repository.files(DEPLOY.resolve("runbooks"), ".md").stream(),
            Stream.of(DEPLOY.resolve("README.md")))
        .forEach(this::read);

    assertThat(faults).isEmpty();
    assertThat(read).isGreaterThan(40);
  }

  private void read(Path file) {
    Matcher code = CODE.matcher(Repository.text(file).replace("\\\n", " "));
    while (code.find()) {
      String text = code.group();
      // What is code within a sentence may go over the end of a line.
      Matcher command =
          COMMAND.matcher(text.startsWith("```") ? text : text.replaceAll("\\s+", " "));
      while (command.find()) {
        read++;
        understand(file.getFileName() + ": " + command.group(), words(command.group(1)));
      }
    }
  }

  private void understand(String where, List<String> words) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < words.size() && !words.get(i).equals("--"); i++) {
      String word = words.get(i);
      if (WITH_VALUE.contains(word)) {
        option(where, word, i + 1 < words.size() ? words.get(++i) : "");
      } else if (!word.startsWith("-")) {
        names.add(word);
      }
    }
    if (names.size() < 2) {
      return;
    }
    List<String> further = names.subList(1, names.size());
    switch (names.get(0)) {
      case "kustomize" -> check(where, isOverlay(further.get(0)));
      case "cnpg" -> check(where, further.size() < 2 || isThere("Cluster", further.get(1)));
      case "exec", "logs" -> further.forEach(name -> pod(where, name));
      case "rollout" -> references(where, further.subList(1, further.size()));
      case "apply" -> faults.add(where + ": a file that is not named here");
      case "wait", "get", "delete", "describe", "scale", "patch" -> references(where, further);
      default -> faults.add(where + ": unknown command");
    }
  }

  private void option(String where, String option, String value) {
    switch (option) {
      case "-n" -> check(where, isThere("Namespace", value));
      case "-l" -> check(where, isLabel(value.split("!?=", 2)));
      case "-c" -> check(where, value.startsWith("plugin-") || isContainer(value));
      case "-k" -> check(where, isOverlay(value));
      case "--raw" -> {
        Matcher service = SERVICE.matcher(value);
        check(where, !service.matches() || isPort(service));
      }
      default -> {
        // Nothing that an overlay could contradict.
      }
    }
  }

  /** {@code kind/name}, or a kind (several, with commas) with names behind it. */
  private void references(String where, List<String> words) {
    List<String> kinds = new ArrayList<>();
    for (String word : words) {
      if (word.contains("/")) {
        check(where, isThere(KINDS.get(word.split("/")[0]), word.split("/")[1]));
      } else if (kinds.isEmpty()) {
        kinds.addAll(List.of(word.split(",")));
        check(where, KINDS.keySet().containsAll(kinds) || MADE_BY_CONTROLLERS.containsAll(kinds));
      } else if (MADE_BY_CONTROLLERS.containsAll(kinds)) {
        pod(where, word);
      } else {
        kinds.forEach(kind -> check(where, isThere(KINDS.get(kind), word)));
      }
    }
  }

  private void pod(String where, String name) {
    if (name.contains("/")) {
      references(where, List.of(name));
    } else if (!name.startsWith("<")) {
      String owner = name.replaceFirst("-\\d+$", "");
      check(where, isThere("StatefulSet", owner) || isThere("Cluster", owner));
    }
  }

  private void check(String where, boolean found) {
    if (!found) {
      faults.add(where);
    }
  }

  private boolean isThere(String kind, String name) {
    return objects.stream()
        .anyMatch(
            object ->
                object.path("kind").asText().equals(kind)
                    && object.at("/metadata/name").asText().equals(name));
  }

  private boolean isLabel(String[] label) {
    return objects.stream()
        .flatMap(object -> Stream.of(object, object.at("/spec/template")))
        .map(object -> object.at("/metadata/labels").path(label[0]).asText(null))
        .anyMatch(label[1]::equals);
  }

  private boolean isContainer(String name) {
    return objects.stream()
        .flatMap(object -> object.findValues("containers").stream())
        .flatMap(containers -> containers.findValuesAsText("name").stream())
        .anyMatch(name::equals);
  }

  private boolean isPort(Matcher service) {
    return isThere("Namespace", service.group(1))
        && objects.stream()
            .filter(object -> object.path("kind").asText().equals("Service"))
            .filter(object -> object.at("/metadata/name").asText().equals(service.group(2)))
            .flatMap(object -> object.at("/spec/ports").findValuesAsText("name").stream())
            .anyMatch(service.group(3)::equals);
  }

  /** From the root, from {@code deploy/kubernetes}, or from the overlays themselves. */
  private static boolean isOverlay(String folder) {
    return Stream.of("", "deploy/kubernetes", "deploy/kubernetes/overlays")
        .anyMatch(
            from ->
                Files.exists(Repository.path(from).resolve(folder).resolve("kustomization.yaml")));
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      if (word.group().matches("#|>.*|;.*")) {
        break;
      }
      words.add(word.group().replaceAll("^['\"]|['\"]$", ""));
    }
    return words;
  }
}
