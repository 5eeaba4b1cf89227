package dev.nofate.kit.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigValue;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentConfigTest {

  private static final String DATABASE = "postgresql://app:secret@db:5432/nofate";

  @Test
  void migratesOnlyWithAnOwner() {
    assertThat(settings(Map.of("DATABASE_URL", DATABASE)))
        .containsEntry("quarkus.flyway.migrate-at-start", "false");
    assertThat(settings(Map.of("DATABASE_OWNER_URL", DATABASE)))
        .containsEntry("quarkus.flyway.migrate-at-start", "true")
        .containsEntry("quarkus.flyway.jdbc-url", "jdbc:postgresql://db:5432/nofate");
  }

  @Test
  void aMigrationJobKnowsTheOwnerAloneAndServesNothingWithIt() {
    Map<String, String> settings =
        settings(Map.of("MIGRATE_ONLY", "true", "DATABASE_OWNER_URL", DATABASE));
    assertThat(settings)
        .containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://db:5432/nofate")
        .doesNotContainKey("quarkus.datasource.reactive.url");
    assertThatThrownBy(() -> settings(Map.of("MIGRATE_ONLY", "true", "DATABASE_URL", DATABASE)))
        .hasMessageContaining("DATABASE_OWNER_URL");
  }

  @Test
  void anAuthorityMakesEveryConnectionToTheDatabaseVerifyIt() {
    assertThat(
            settings(
                Map.of(
                    "DATABASE_URL",
                    DATABASE + "?application_name=gate",
                    "DATABASE_OWNER_URL",
                    DATABASE,
                    "DATABASE_CA_FILE",
                    "/etc/ca.crt")))
        .containsEntry("quarkus.datasource.reactive.postgresql.ssl-mode", "verify-full")
        .containsEntry("quarkus.datasource.reactive.hostname-verification-algorithm", "HTTPS")
        .containsEntry("quarkus.datasource.reactive.trust-certificate-pem.certs", "/etc/ca.crt")
        .containsEntry(
            "quarkus.datasource.jdbc.url",
            "jdbc:postgresql://db:5432/nofate?application_name=gate"
                + "&sslmode=verify-full&sslrootcert=%2Fetc%2Fca.crt")
        .containsEntry(
            "quarkus.flyway.jdbc-url",
            "jdbc:postgresql://db:5432/nofate?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.crt");
  }

  @Test
  void anAuthorityMakesTheConnectionsToRedisVerifyIt() {
    assertThat(settings(Map.of("REDIS_CA_FILE", "/etc/ca.crt")))
        .containsEntry("quarkus.redis.tls.enabled", "true")
        .containsEntry("quarkus.redis.tls.hostname-verification-algorithm", "HTTPS")
        .containsEntry("quarkus.redis.tls.trust-certificate-pem.certs", "/etc/ca.crt");
  }

  @Test
  void telemetryLeavesOnlyWithACollector() {
    assertThat(settings(Map.of())).doesNotContainKey("quarkus.otel.sdk.disabled");
    assertThat(settings(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317")))
        .containsEntry("quarkus.otel.sdk.disabled", "false");
  }

  private static Map<String, String> settings(Map<String, String> environment) {
    Map<String, String> settings = new HashMap<>();
    new EnvironmentConfig()
        .getConfigSources(new Environment(environment))
        .forEach(source -> settings.putAll(source.getProperties()));
    return settings;
  }

  private record Environment(Map<String, String> values) implements ConfigSourceContext {

    @Override
    public ConfigValue getValue(String name) {
      return values.containsKey(name)
          ? ConfigValue.builder().withName(name).withValue(values.get(name)).build()
          : null;
    }

    @Override
    public Iterator<String> iterateNames() {
      return values.keySet().iterator();
    }
  }
}
