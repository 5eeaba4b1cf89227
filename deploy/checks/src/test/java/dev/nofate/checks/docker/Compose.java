package dev.nofate.checks.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nofate.checks.Repository;
import dev.nofate.checks.Yaml;
import java.util.List;
import java.util.Map;

/** {@code deploy/docker/compose.yaml}, by the part of the Compose specification that it uses. */
record Compose(
    String name,
    Map<String, Service> services,
    Map<String, Network> networks,
    Map<String, Object> volumes,
    Map<String, SecretFile> secrets) {

  record Service(
      String image,
      Build build,
      List<String> entrypoint,
      List<String> command,
      String user,
      @JsonProperty("read_only") boolean readOnly,
      @JsonProperty("cap_drop") List<String> capDrop,
      @JsonProperty("security_opt") List<String> securityOpt,
      List<String> tmpfs,
      Map<String, String> environment,
      List<SecretMount> secrets,
      List<String> volumes,
      List<String> ports,
      List<String> networks,
      @JsonProperty("depends_on") Map<String, Dependency> dependsOn,
      Health healthcheck,
      @JsonProperty("mem_limit") String memLimit,
      @JsonProperty("pids_limit") int pidsLimit,
      String restart,
      @JsonProperty("stop_grace_period") String stopGracePeriod) {

    Service {
      environment = environment == null ? Map.of() : environment;
      secrets = secrets == null ? List.of() : secrets;
      volumes = volumes == null ? List.of() : volumes;
      ports = ports == null ? List.of() : ports;
      dependsOn = dependsOn == null ? Map.of() : dependsOn;
    }
  }

  record Build(String context, String dockerfile, Map<String, String> args) {}

  record SecretMount(String source, String target) {}

  record Dependency(String condition) {}

  record Health(
      List<String> test,
      String interval,
      String timeout,
      int retries,
      @JsonProperty("start_period") String startPeriod) {}

  record Network(Boolean internal) {}

  record SecretFile(String file) {}

  static Compose read() {
    return Yaml.read(Repository.path("deploy/docker/compose.yaml"), Compose.class);
  }
}
