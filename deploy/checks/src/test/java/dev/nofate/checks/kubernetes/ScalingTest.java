package dev.nofate.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How many there are, and what may take them away. */
class ScalingTest {

  private static final Set<String> SERVICES =
      Set.of("gate-service", "audit-service", "billing-service");
  private static final Set<String> WORKERS = Set.of("meter-worker", "invoice-worker");

  static Stream<Manifests> overlays() {
    return Manifests.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void servicesScaleOnCpuAndOnRequestsInFlight(Manifests manifests) {
    Map<String, HorizontalPodAutoscaler> scalers =
        manifests.of(HorizontalPodAutoscaler.class).stream()
            .collect(Collectors.toMap(h -> h.getSpec().getScaleTargetRef().getName(), h -> h));
    assertThat(scalers).containsKeys(SERVICES.toArray(String[]::new));
    for (String service : SERVICES) {
      List<MetricSpec> metrics = scalers.get(service).getSpec().getMetrics();
      assertThat(metrics).anyMatch(m -> m.getResource() != null);
      assertThat(metrics)
          .anyMatch(
              m ->
                  m.getPods() != null
                      && m.getPods().getMetric().getName().equals("http_server_active_requests"));
      assertThat(scalers.get(service).getSpec().getMinReplicas()).isGreaterThanOrEqualTo(2);
    }
    Set<String> deployments =
        manifests.of(Deployment.class).stream()
            .map(d -> d.getMetadata().getName())
            .collect(Collectors.toSet());
    assertThat(deployments).containsAll(scalers.keySet());
  }

  @Test
  void workersScaleToZeroAndToManyInStagingAndNeverVanishInProduction() {
    Manifests staging = Manifests.render("staging", new OwnKustomize());
    Set<String> toZero = new HashSet<>();
    for (JsonNode scaled : staging.of("ScaledObject")) {
      assertThat(scaled.at("/spec/minReplicaCount").asInt()).isZero();
      assertThat(scaled.at("/spec/maxReplicaCount").asInt()).isGreaterThan(1);
      toZero.add(scaled.at("/spec/scaleTargetRef/name").asText());
    }
    assertThat(toZero).isEqualTo(WORKERS);
    assertThat(staging.of(HorizontalPodAutoscaler.class))
        .noneMatch(h -> WORKERS.contains(h.getMetadata().getName()));
    Manifests production = Manifests.render("production", new OwnKustomize());
    assertThat(production.of(HorizontalPodAutoscaler.class))
        .filteredOn(h -> WORKERS.contains(h.getMetadata().getName()))
        .hasSize(2)
        .allMatch(h -> h.getSpec().getMinReplicas() >= 1 && h.getSpec().getMaxReplicas() > 1);
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void aNodeThatIsDrainedLeavesOneOfEach(Manifests manifests) {
    List<Map<String, String>> budgets =
        manifests.of(PodDisruptionBudget.class).stream()
            .map(b -> b.getSpec().getSelector().getMatchLabels())
            .toList();
    manifests
        .of(Deployment.class)
        .forEach(
            deployment -> {
              Map<String, String> labels =
                  deployment.getSpec().getTemplate().getMetadata().getLabels();
              Integer replicas = deployment.getSpec().getReplicas();
              if (replicas == null || replicas > 1) {
                assertThat(budgets)
                    .as(deployment.getMetadata().getName())
                    .anyMatch(budget -> containsAll(labels, budget));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyServiceFindsItsPods(Manifests manifests) {
    for (Service service : manifests.of(Service.class)) {
      Map<String, String> selector = service.getSpec().getSelector();
      assertThat(manifests.pods().values())
          .as(service.getMetadata().getName())
          .anyMatch(template -> containsAll(template.getMetadata().getLabels(), selector));
    }
  }

  private static boolean containsAll(Map<String, String> labels, Map<String, String> selector) {
    return labels.entrySet().containsAll(selector.entrySet());
  }
}
