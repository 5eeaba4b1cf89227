package dev.nofate.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.checks.Repository;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What an overlay renders to, typed. */
record Manifests(String overlay, String renderer, List<JsonNode> trees, List<Object> objects) {

  static final List<String> OVERLAYS = List.of("staging", "production", "production-canary");

  private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

  /** Every overlay with every renderer of this machine. */
  static Stream<Manifests> all() {
    return OVERLAYS.stream()
        .flatMap(
            overlay -> Renderer.available().stream().map(renderer -> render(overlay, renderer)));
  }

  /** Rendered once in a run: kubectl takes its time. */
  static Manifests render(String overlay, Renderer renderer) {
    return RENDERED.computeIfAbsent(overlay + renderer, name -> rendered(overlay, renderer));
  }

  private static Manifests rendered(String overlay, Renderer renderer) {
    List<JsonNode> trees = renderer.render(Repository.path("deploy/kubernetes/overlays", overlay));
    return new Manifests(
        overlay, renderer.toString(), trees, trees.stream().map(TypedModels::read).toList());
  }

  <T> List<T> of(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Objects of a kind that has a shape instead of a model. */
  List<JsonNode> of(String kind) {
    return trees.stream().filter(tree -> tree.get("kind").asText().equals(kind)).toList();
  }

  /** The pod templates, by the name of what makes the pods. */
  Map<String, PodTemplateSpec> pods() {
    Map<String, PodTemplateSpec> pods = new LinkedHashMap<>();
    of(Deployment.class)
        .forEach(d -> pods.put(d.getMetadata().getName(), d.getSpec().getTemplate()));
    of(StatefulSet.class)
        .forEach(s -> pods.put(s.getMetadata().getName(), s.getSpec().getTemplate()));
    of(Job.class).forEach(j -> pods.put(j.getMetadata().getName(), j.getSpec().getTemplate()));
    return pods;
  }

  /** A generated name without its hash. */
  static String base(String name) {
    return name.replaceFirst("-[0-9a-z]{10}$", "");
  }

  @Override
  public String toString() {
    return overlay + " by " + renderer;
  }
}
