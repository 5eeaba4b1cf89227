package dev.nofate.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.checks.environment.EnvExample;
import dev.nofate.checks.environment.Service;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The variables and secrets that the pods of the services get. */
class ServiceSettingsTest {

  /** Told to everybody, whether or not it makes a difference there. */
  private static final String ENVIRONMENT = "NOFATE_ENV";

  /** Not external: the operators make them. */
  private static final Set<String> MADE_BY_OPERATORS = Set.of("postgres-ca", "redis-tls");

  private final Map<String, EnvExample.Entry> known = EnvExample.read();

  static Stream<Manifests> overlays() {
    return Manifests.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyVariableIsOneThatTheServiceReads(Manifests manifests) {
    services(
        manifests,
        (service, pod) ->
            env(pod)
                .forEach(
                    variable -> {
                      assertThat(known).containsKey(variable.getName());
                      if (!variable.getName().equals(ENVIRONMENT)) {
                        assertThat(known.get(variable.getName()).readers())
                            .as(variable.getName())
                            .contains(service);
                      }
                    }));
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void secretsComeFromSecretsAndNothingElseDoes(Manifests manifests) {
    services(
        manifests,
        (service, pod) ->
            env(pod)
                .forEach(
                    variable ->
                        assertThat(secret(variable) != null)
                            .as(variable.getName())
                            .isEqualTo(known.get(variable.getName()).secret())));
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void nothingThatProductionAsksForIsMissing(Manifests manifests) {
    services(
        manifests,
        (service, pod) -> {
          Set<String> set = env(pod).stream().map(EnvVar::getName).collect(Collectors.toSet());
          known.forEach(
              (name, entry) -> {
                if (entry.production() && entry.readers().contains(service)) {
                  assertThat(set).contains(name);
                }
              });
          assertThat(set).doesNotContain("DATABASE_OWNER_URL", "SERVICE_TOKEN_KEY_FILE");
        });
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void whatIsReferredToIsThere(Manifests manifests) {
    Map<String, Set<String>> secrets = externalSecrets(manifests);
    Map<String, Set<String>> maps =
        manifests.of(ConfigMap.class).stream()
            .collect(Collectors.toMap(m -> m.getMetadata().getName(), m -> m.getData().keySet()));
    manifests
        .pods()
        .values()
        .forEach(
            template -> {
              for (EnvVar variable : env(template.getSpec())) {
                if (secret(variable) != null) {
                  assertThat(secrets.get(secret(variable).getName()))
                      .as(variable.getName())
                      .contains(secret(variable).getKey());
                } else if (variable.getValueFrom() != null) {
                  var reference = variable.getValueFrom().getConfigMapKeyRef();
                  assertThat(maps.get(reference.getName())).contains(reference.getKey());
                }
              }
              template.getSpec().getVolumes().forEach(v -> isThere(v, secrets, maps));
            });
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void servicesShowProjectedTokensForThisSuiteAlone(Manifests manifests) {
    services(
        manifests,
        (service, pod) -> {
          List<ServiceAccountTokenProjection> tokens =
              pod.getVolumes().stream()
                  .filter(volume -> volume.getProjected() != null)
                  .flatMap(volume -> volume.getProjected().getSources().stream())
                  .map(source -> source.getServiceAccountToken())
                  .toList();
          assertThat(tokens).hasSize(1);
          assertThat(tokens.get(0).getAudience()).isEqualTo("nofate");
          assertThat(tokens.get(0).getExpirationSeconds()).isLessThanOrEqualTo(3600);
          assertThat(pod.getServiceAccountName()).isEqualTo(service.fullName());
        });
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void migrationsRunAsTheOwnerAndEnd(Manifests manifests) {
    List<Job> jobs = manifests.of(Job.class);
    assertThat(jobs).hasSize(3);
    for (Job job : jobs) {
      Map<String, EnvVar> env =
          env(job.getSpec().getTemplate().getSpec()).stream()
              .collect(Collectors.toMap(EnvVar::getName, v -> v));
      assertThat(env).containsKeys("DATABASE_OWNER_URL", "DATABASE_CA_FILE");
      assertThat(env.get("MIGRATE_ONLY").getValue()).isEqualTo("true");
      assertThat(env).doesNotContainKey("DATABASE_URL");
      assertThat(known.keySet()).containsAll(env.keySet());
    }
  }

  private static void services(Manifests manifests, Check check) {
    int seen = 0;
    for (Deployment deployment : manifests.of(Deployment.class)) {
      String name = deployment.getMetadata().getName().replace("-canary", "");
      check.of(Service.named(name).orElseThrow(), deployment.getSpec().getTemplate().getSpec());
      seen++;
    }
    assertThat(seen).isGreaterThanOrEqualTo(5);
  }

  private static List<EnvVar> env(PodSpec pod) {
    return pod.getContainers().stream().flatMap(c -> c.getEnv().stream()).toList();
  }

  private static SecretKeySelector secret(EnvVar variable) {
    return variable.getValueFrom() == null ? null : variable.getValueFrom().getSecretKeyRef();
  }

  private static Map<String, Set<String>> externalSecrets(Manifests manifests) {
    return manifests.of("ExternalSecret").stream()
        .collect(
            Collectors.toMap(
                secret -> secret.at("/spec/target/name").asText(), ServiceSettingsTest::keys));
  }

  private static Set<String> keys(JsonNode externalSecret) {
    Set<String> keys = new HashSet<>();
    externalSecret.at("/spec/target/template/data").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static void isThere(
      Volume volume, Map<String, Set<String>> secrets, Map<String, Set<String>> maps) {
    if (volume.getSecret() != null) {
      String name = volume.getSecret().getSecretName();
      assertThat(secrets.containsKey(name) || MADE_BY_OPERATORS.contains(name)).as(name).isTrue();
    }
    if (volume.getConfigMap() != null) {
      assertThat(maps).containsKey(volume.getConfigMap().getName());
    }
  }

  @FunctionalInterface
  private interface Check {
    void of(Service service, PodSpec pod);
  }
}
