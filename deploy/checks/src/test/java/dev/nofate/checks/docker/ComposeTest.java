package dev.nofate.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.checks.Repository;
import dev.nofate.checks.environment.EnvExample;
import dev.nofate.checks.environment.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComposeTest {

  /** Its image holds one program and nothing that could ask it. */
  private static final Set<String> CANNOT_BE_ASKED = Set.of("otel-collector");

  private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z_]+):\\?}");

  private final Compose compose = Compose.read();
  private final Map<String, EnvExample.Entry> known = EnvExample.read();

  @Test
  void holdsEveryPartOfTheSuite() {
    assertThat(compose.services().keySet())
        .contains(
            "postgres",
            "pgbouncer",
            "redis",
            "gate-service",
            "audit-service",
            "billing-service",
            "meter-worker",
            "invoice-worker",
            "gateway",
            "otel-collector",
            "prometheus",
            "alertmanager",
            "grafana");
  }

  @Test
  void everyImageIsPinned() {
    compose
        .services()
        .forEach(
            (name, service) ->
                assertThat(service.image()).as(name).matches("[a-z0-9./-]+:v?[0-9][^:]*"));
  }

  @Test
  void nobodyIsRootWritesIntoItsImageOrTakesAllMemory() {
    compose
        .services()
        .forEach(
            (name, service) -> {
              assertThat(service.user()).as(name).matches("[1-9][0-9]*:[0-9]+");
              assertThat(service.readOnly()).as(name).isTrue();
              assertThat(service.capDrop()).as(name).containsExactly("ALL");
              assertThat(service.securityOpt()).as(name).contains("no-new-privileges:true");
              assertThat(service.memLimit()).as(name).matches("[0-9]+[mg]");
              assertThat(service.pidsLimit()).as(name).isPositive();
            });
  }

  @Test
  void everythingThatStaysSaysHowItIs() {
    compose
        .services()
        .forEach(
            (name, service) -> {
              if (!name.startsWith("migrate-") && !CANNOT_BE_ASKED.contains(name)) {
                assertThat(service.healthcheck()).as(name).isNotNull();
                assertThat(service.healthcheck().test().get(0)).as(name).matches("CMD(-SHELL)?");
              }
            });
  }

  @Test
  void whatIsWaitedForExistsAndCanComeTrue() {
    compose
        .services()
        .forEach(
            (name, service) ->
                service
                    .dependsOn()
                    .forEach(
                        (other, dependency) -> {
                          Compose.Service target = compose.services().get(other);
                          assertThat(target).as("%s of %s", other, name).isNotNull();
                          if (dependency.condition().equals("service_healthy")) {
                            assertThat(target.healthcheck()).as(other).isNotNull();
                          } else {
                            assertThat(dependency.condition())
                                .isEqualTo("service_completed_successfully");
                            assertThat(target.restart()).isEqualTo("on-failure");
                          }
                        }));
  }

  @Test
  void servicesGetTheVariablesThatTheyReadAndNoOther() {
    for (Service service : Service.values()) {
      Compose.Service composed = compose.services().get(service.fullName());
      composed
          .environment()
          .keySet()
          .forEach(
              variable -> {
                assertThat(known).containsKey(variable);
                if (!variable.equals("NOFATE_ENV")) {
                  assertThat(known.get(variable).readers()).as(variable).contains(service);
                }
              });
      known.forEach(
          (variable, entry) -> {
            if (entry.production() && entry.readers().contains(service)) {
              assertThat(composed.environment()).as(service.fullName()).containsKey(variable);
            }
          });
      assertThat(composed.environment()).doesNotContainKey("DATABASE_OWNER_URL");
      assertThat(composed.build().args())
          .containsEntry("SERVICE", service.fullName())
          .containsKey("MODULE");
      assertThat(Repository.path(composed.build().args().get("MODULE"), "pom.xml")).exists();
    }
  }

  @Test
  void migrationsAloneHoldTheOwnersLogin() {
    Set<String> owners =
        compose.services().entrySet().stream()
            .filter(s -> s.getValue().environment().containsKey("DATABASE_OWNER_URL"))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(owners).containsExactly("migrate-audit", "migrate-billing", "migrate-gate");
    owners.forEach(
        name ->
            assertThat(compose.services().get(name).environment())
                .containsEntry("MIGRATE_ONLY", "true"));
  }

  @Test
  void noSecretStandsInTheFileAndPrepareMakesAllThatAreAskedFor() {
    String file = Repository.text(Repository.path("deploy/docker/compose.yaml"));
    String prepare = Repository.text(Repository.path("deploy/docker/prepare.sh"));
    Matcher required = REQUIRED.matcher(file);
    Set<String> names = new TreeSet<>();
    while (required.find()) {
      names.add(required.group(1));
    }
    assertThat(names).hasSizeGreaterThanOrEqualTo(11);
    for (String name : names) {
      assertThat(prepare).contains(name.replaceFirst("_PASSWORD$", ""));
    }
    compose.secrets().values().forEach(s -> assertThat(s.file()).startsWith("./secrets/"));
  }

  @Test
  void onlyTheGatewayIsReachableFromOutside() {
    compose
        .services()
        .forEach(
            (name, service) -> {
              for (String port : service.ports()) {
                assertThat(name.equals("gateway") || port.startsWith("127.0.0.1:")).isTrue();
              }
            });
    assertThat(compose.networks().get("data").internal()).isTrue();
    assertThat(compose.services().get("postgres").networks()).containsExactly("data");
    assertThat(compose.services().get("redis").networks()).containsExactly("data");
  }

  @Test
  void everyFileThatIsMountedIsThere() {
    Path folder = Repository.path("deploy/docker");
    compose
        .services()
        .forEach(
            (name, service) -> {
              for (String volume : service.volumes()) {
                String source = volume.split(":")[0];
                if (source.startsWith(".")) {
                  assertThat(Files.exists(folder.resolve(source))).as(volume).isTrue();
                  assertThat(volume).as(name).endsWith(":ro");
                } else {
                  assertThat(compose.volumes()).containsKey(source);
                }
              }
              service.secrets().forEach(s -> assertThat(compose.secrets()).containsKey(s.source()));
              assertThat(compose.networks().keySet()).containsAll(service.networks());
            });
  }

  @Test
  void redisKeepsWhatItHasAndForgetsTheOldestWhenFull() {
    for (String file :
        List.of("deploy/docker/redis/redis.conf", "deploy/kubernetes/base/redis/redis.conf")) {
      assertThat(Repository.text(Repository.path(file)).lines())
          .contains("appendonly yes", "maxmemory-policy allkeys-lru", "port 0")
          .anyMatch(line -> line.startsWith("save "))
          .anyMatch(line -> line.startsWith("maxmemory "))
          .anyMatch(line -> line.startsWith("tls-port "));
    }
    assertThat(compose.services().get("postgres").command())
        .contains("fsync=on", "synchronous_commit=on");
  }
}
