package dev.nofate.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every pod has to have, whoever makes it. */
class PodSafetyTest {

  static Stream<Manifests> overlays() {
    return Manifests.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void runsAsNobodyInParticularWithNothingItDoesNotNeed(Manifests manifests) {
    each(
        manifests,
        (name, pod) -> {
          assertThat(pod.getSecurityContext().getRunAsNonRoot()).as(name).isTrue();
          assertThat(pod.getSecurityContext().getRunAsUser()).as(name).isPositive();
          assertThat(pod.getSecurityContext().getSeccompProfile().getType())
              .as(name)
              .isEqualTo("RuntimeDefault");
          assertThat(pod.getAutomountServiceAccountToken()).as(name).isFalse();
          assertThat(pod.getHostNetwork()).as(name).isNull();
          for (Container container : pod.getContainers()) {
            SecurityContext security = container.getSecurityContext();
            assertThat(security.getReadOnlyRootFilesystem()).as(name).isTrue();
            assertThat(security.getAllowPrivilegeEscalation()).as(name).isFalse();
            assertThat(security.getCapabilities().getDrop()).as(name).containsExactly("ALL");
            assertThat(security.getPrivileged()).as(name).isNull();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void statesWhatItNeedsAndWhatItMayTake(Manifests manifests) {
    each(
        manifests,
        (name, pod) -> {
          for (Container container : pod.getContainers()) {
            assertThat(container.getResources().getRequests())
                .as(name)
                .containsKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).as(name).containsKeys("cpu", "memory");
          }
          for (Volume volume : pod.getVolumes()) {
            if (volume.getEmptyDir() != null) {
              assertThat(volume.getEmptyDir().getSizeLimit()).as(name).isNotNull();
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyContainerThatStaysHasThreeProbes(Manifests manifests) {
    each(
        manifests,
        (name, pod) -> {
          if (!"Never".equals(pod.getRestartPolicy())) {
            for (Container container : pod.getContainers()) {
              assertThat(container.getStartupProbe()).as(name).isNotNull();
              assertThat(container.getLivenessProbe()).as(name).isNotNull();
              assertThat(container.getReadinessProbe()).as(name).isNotNull();
            }
          }
        });
    for (Deployment deployment : manifests.of(Deployment.class)) {
      Container service = deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
      assertThat(service.getStartupProbe().getHttpGet().getPath()).isEqualTo("/q/health/started");
      assertThat(service.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
      assertThat(service.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
      assertThat(deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints())
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyImageIsPinned(Manifests manifests) {
    each(
        manifests,
        (name, pod) ->
            pod.getContainers()
                .forEach(
                    container ->
                        assertThat(container.getImage())
                            .as(name)
                            .matches("[a-z0-9./-]+(:[0-9][A-Za-z0-9.-]*|@sha256:[0-9a-f]{64})")));
    for (Object cluster : manifests.of("Cluster")) {
      assertThat(cluster.toString()).containsPattern("\"imageName\":\"[^\"]+:17\\.[0-9]+\"");
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void serviceAccountsMountNoTokenAndTheNamespaceAdmitsRestrictedPodsAlone(Manifests manifests) {
    List<ServiceAccount> accounts = manifests.of(ServiceAccount.class);
    assertThat(accounts).hasSizeGreaterThanOrEqualTo(9);
    assertThat(accounts).allMatch(a -> Boolean.FALSE.equals(a.getAutomountServiceAccountToken()));
    List<String> names = accounts.stream().map(a -> a.getMetadata().getName()).toList();
    each(manifests, (name, pod) -> assertThat(names).contains(pod.getServiceAccountName()));
    Map<String, String> labels = manifests.of(Namespace.class).get(0).getMetadata().getLabels();
    assertThat(labels).containsEntry("pod-security.kubernetes.io/enforce", "restricted");
  }

  private static void each(Manifests manifests, Check check) {
    Map<String, PodSpec> pods = new java.util.LinkedHashMap<>();
    manifests.pods().forEach((name, template) -> pods.put(name, template.getSpec()));
    manifests
        .of("Pooler")
        .forEach(
            pooler ->
                assertThat(TypedModels.podSpec(pooler.at("/spec/template/spec")).getContainers())
                    .allMatch(c -> c.getResources().getLimits().containsKey("memory")));
    assertThat(pods).hasSizeGreaterThanOrEqualTo(9);
    pods.forEach(check::of);
  }

  @FunctionalInterface
  private interface Check {
    void of(String name, PodSpec pod);
  }
}
