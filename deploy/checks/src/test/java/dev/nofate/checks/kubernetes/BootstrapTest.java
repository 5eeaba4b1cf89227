package dev.nofate.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.checks.Repository;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The database of Kubernetes is that of the tests, and both renderings are the same. */
class BootstrapTest {

  @Test
  void theDatabaseIsBootstrappedWithTheSqlOfTheTests() {
    assertThat(text("deploy/kubernetes/base/postgres/bootstrap-database.sql"))
        .isEqualTo(
            text("deploy/embedded/src/main/resources/dev/nofate/embedded/bootstrap-database.sql"));
  }

  @Test
  void everyLoginHasItsPasswordFromASecretAndNoPrivilege() {
    Manifests production = Manifests.render("production", new OwnKustomize());
    JsonNode cluster = production.of("Cluster").get(0).get("spec");
    assertThat(cluster.get("instances").asInt()).isEqualTo(3);
    assertThat(cluster.at("/managed/roles")).hasSize(6);
    for (JsonNode role : cluster.at("/managed/roles")) {
      String secret = role.at("/passwordSecret/name").asText();
      assertThat(secret).isEqualTo("db-" + role.get("name").asText().replace('_', '-'));
      for (String power : new String[] {"superuser", "createdb", "createrole", "bypassrls"}) {
        assertThat(role.get(power).asBoolean()).isFalse();
      }
    }
    assertThat(cluster.at("/postgresql/parameters/fsync").asText()).isEqualTo("on");
  }

  @Test
  void everyRendererOfThisMachineSaysTheSame() {
    for (String overlay : Manifests.OVERLAYS) {
      Map<String, JsonNode> own = byName(Manifests.render(overlay, new OwnKustomize()));
      for (Renderer renderer : Renderer.available()) {
        Map<String, JsonNode> other = byName(Manifests.render(overlay, renderer));
        assertThat(other.keySet()).isEqualTo(own.keySet());
        own.forEach(
            (name, tree) ->
                assertThat(unhashed(other.get(name))).as(name).isEqualTo(unhashed(tree)));
      }
    }
  }

  private static Map<String, JsonNode> byName(Manifests manifests) {
    Map<String, JsonNode> named = new TreeMap<>();
    for (JsonNode tree : manifests.trees()) {
      String name = tree.at("/metadata/name").asText();
      boolean generated = tree.get("kind").asText().equals("ConfigMap");
      named.put(tree.get("kind").asText() + "/" + (generated ? Manifests.base(name) : name), tree);
    }
    return named;
  }

  private static String unhashed(JsonNode tree) {
    return new TreeMap<>(flat(tree)).toString();
  }

  private static Map<String, String> flat(JsonNode tree) {
    Map<String, String> flat = new TreeMap<>();
    flatten("", tree, flat);
    return flat;
  }

  private static void flatten(String at, JsonNode node, Map<String, String> flat) {
    if (node.isObject()) {
      node.properties().forEach(f -> flatten(at + "/" + f.getKey(), f.getValue(), flat));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(at + "/" + i, node.get(i), flat);
      }
    } else {
      flat.put(at, at.endsWith("name") ? Manifests.base(node.asText()) : node.asText());
    }
  }

  private static String text(String path) {
    return Repository.text(Repository.path(path));
  }
}
