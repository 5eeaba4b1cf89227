package dev.nofate.checks.kubernetes;

import java.util.List;
import java.util.Map;

/** The fields of a kustomization that these manifests use; another one is a fault. */
record Kustomization(
    String apiVersion,
    String kind,
    String namespace,
    List<String> resources,
    List<String> components,
    List<Generator> configMapGenerator,
    List<Image> images,
    List<Labels> labels,
    List<Patch> patches) {

  record Generator(String name, List<String> files, List<String> envs, Options options) {}

  record Options(boolean disableNameSuffixHash, Map<String, String> labels) {}

  record Image(String name, String newName, String newTag) {}

  record Labels(Map<String, String> pairs, boolean includeTemplates) {}

  record Patch(Target target, String patch) {}

  record Target(String kind, String name) {}

  Kustomization {
    resources = orEmpty(resources);
    components = orEmpty(components);
    configMapGenerator = orEmpty(configMapGenerator);
    images = orEmpty(images);
    labels = orEmpty(labels);
    patches = orEmpty(patches);
  }

  static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
