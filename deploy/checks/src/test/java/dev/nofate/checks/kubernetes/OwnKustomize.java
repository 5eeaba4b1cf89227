package dev.nofate.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.checks.Repository;
import dev.nofate.checks.Yaml;
import io.fabric8.zjsonpatch.JsonPatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of Kustomize as these manifests use, for machines without kubectl. Generated names get no
 * hash here, so a reference to them stays as it is written.
 */
final class OwnKustomize implements Renderer {

  @Override
  public List<JsonNode> render(Path overlay) {
    List<ObjectNode> objects = new ArrayList<>();
    apply(overlay, objects);
    return List.copyOf(objects);
  }

  @Override
  public String toString() {
    return "own";
  }

  private static void apply(Path folder, List<ObjectNode> objects) {
    Kustomization kustomization =
        Yaml.read(folder.resolve("kustomization.yaml"), Kustomization.class);
    List<ObjectNode> own = new ArrayList<>();
    for (String resource : kustomization.resources()) {
      Path path = folder.resolve(resource).normalize();
      if (Files.isDirectory(path)) {
        apply(path, own);
      } else {
        Yaml.documents(Repository.text(path)).forEach(object -> own.add((ObjectNode) object));
      }
    }
    kustomization.configMapGenerator().forEach(g -> own.add(configMap(folder, g)));
    boolean component = kustomization.kind().equals("Component");
    if (component) {
      objects.addAll(own);
    }
    List<ObjectNode> reach = component ? objects : own;
    kustomization.components().forEach(path -> apply(folder.resolve(path).normalize(), reach));
    kustomization.patches().forEach(patch -> patch(patch, reach));
    kustomization.labels().forEach(labels -> reach.forEach(object -> label(labels, object)));
    kustomization.images().forEach(image -> reach.forEach(object -> image(image, object)));
    if (kustomization.namespace() != null) {
      reach.forEach(object -> namespace(kustomization.namespace(), object));
    }
    if (!component) {
      objects.addAll(own);
    }
  }

  private static ObjectNode configMap(Path folder, Kustomization.Generator generator) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    ObjectNode metadata = map.putObject("metadata").put("name", generator.name());
    if (generator.options() != null && generator.options().labels() != null) {
      ObjectNode labels = metadata.putObject("labels");
      generator.options().labels().forEach(labels::put);
    }
    ObjectNode data = map.putObject("data");
    for (String file : Kustomization.orEmpty(generator.files())) {
      data.put(Path.of(file).getFileName().toString(), Repository.text(folder.resolve(file)));
    }
    for (String file : Kustomization.orEmpty(generator.envs())) {
      Repository.text(folder.resolve(file))
          .lines()
          .filter(line -> line.contains("="))
          .forEach(
              line ->
                  data.put(
                      line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    }
    return map;
  }

  private static void patch(Kustomization.Patch patch, List<ObjectNode> objects) {
    JsonNode text = Yaml.documents("patch:\n" + patch.patch().indent(2)).get(0).get("patch");
    if (patch.target() == null) {
      if (!"delete".equals(text.path("$patch").asText())) {
        throw new IllegalStateException("only $patch: delete is known without a target: " + text);
      }
      String name = text.at("/metadata/name").asText();
      Kustomization.Target target = new Kustomization.Target(text.get("kind").asText(), name);
      if (!objects.removeIf(object -> matches(target, object))) {
        throw new IllegalStateException("nothing to delete: " + text);
      }
      return;
    }
    boolean found = false;
    for (int i = 0; i < objects.size(); i++) {
      if (matches(patch.target(), objects.get(i))) {
        objects.set(i, (ObjectNode) JsonPatch.apply(text, objects.get(i)));
        found = true;
      }
    }
    if (!found) {
      throw new IllegalStateException("a patch meets nothing: " + patch.target());
    }
  }

  private static boolean matches(Kustomization.Target target, ObjectNode object) {
    return object.get("kind").asText().equals(target.kind())
        && (target.name() == null || object.at("/metadata/name").asText().matches(target.name()));
  }

  private static void label(Kustomization.Labels labels, ObjectNode object) {
    ObjectNode map = object.withObject("/metadata").withObject("/labels");
    labels.pairs().forEach(map::put);
  }

  private static void namespace(String namespace, ObjectNode object) {
    if (object.get("kind").asText().equals("Namespace")) {
      object.withObject("/metadata").put("name", namespace);
    } else {
      object.withObject("/metadata").put("namespace", namespace);
    }
  }

  private static void image(Kustomization.Image image, JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("image").isTextual()
        && object.get("image").asText().equals(image.name())) {
      object.put("image", image.newName() + ":" + image.newTag());
    }
    node.forEach(child -> image(image, child));
  }
}
