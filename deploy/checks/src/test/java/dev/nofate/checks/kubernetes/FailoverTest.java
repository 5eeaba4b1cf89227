package dev.nofate.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is acknowledged outlives the primary: no overlay may give that away. */
class FailoverTest {

  static Stream<Manifests> overlays() {
    return Manifests.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyCommitWaitsForAStandbyAndGoesOnWithoutOneOfThem(Manifests manifests) {
    JsonNode spec = cluster(manifests).get("spec");
    JsonNode synchronous = spec.at("/postgresql/synchronous");
    int standbys = spec.get("instances").asInt() - 1;
    assertThat(synchronous.at("/method").asText()).isEqualTo("any");
    assertThat(synchronous.at("/number").asInt()).isBetween(1, standbys - 1);
    assertThat(synchronous.at("/dataDurability").asText()).isEqualTo("required");
    JsonNode parameters = spec.at("/postgresql/parameters");
    assertThat(parameters.at("/synchronous_commit").asText()).isIn("on", "remote_apply");
    assertThat(parameters.at("/fsync").asText()).isEqualTo("on");
    assertThat(parameters.has("synchronous_standby_names")).isFalse();
    assertThat(parameters.path("full_page_writes").asText("on")).isEqualTo("on");
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void noStandbyIsPromotedThatMayLackWhatAnotherConfirmed(Manifests manifests) {
    JsonNode annotations = cluster(manifests).at("/metadata/annotations");
    assertThat(annotations.path("alpha.cnpg.io/failoverQuorum").asText()).isEqualTo("true");
  }

  private static JsonNode cluster(Manifests manifests) {
    List<JsonNode> clusters = manifests.of("Cluster");
    assertThat(clusters).hasSize(1);
    return clusters.get(0);
  }
}
